export { createDatabase, type DatabaseUrls, dropDatabase, randomPasswords } from './databases.js';
export { INFRASTRUCTURE_VARIABLE, type Infrastructure, readInfrastructure } from './infrastructure.js';
export { type KafkaAccess, kafkaClient } from './kafka-client.js';
export { freePorts } from './ports.js';
export { isRunning } from './process-identity.js';
export { type RunningStack, startStack } from './stack.js';
