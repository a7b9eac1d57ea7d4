export { readiness, type Readiness, type ReadinessCheck } from './health.js';
export { createLogger, type Logger, type LogLevel } from './logger.js';
export { Metrics } from './metrics.js';
export { continueTrace, currentTrace, type Trace, withTrace } from './trace.js';
