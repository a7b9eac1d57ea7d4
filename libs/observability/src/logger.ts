import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';
import { currentTrace } from './trace.js';

/** Constant message, data in fields; never a payload, a token or a person's contact. */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'child'>;

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';

/** One JSON object a line on standard output, with the service's name and the trace of the work under way. */
export function createLogger(service: string, level: LogLevel, destination?: DestinationStream): Logger {
  return pino(
    {
      base: { service },
      level,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => ({ ...currentTrace() }),
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
}
