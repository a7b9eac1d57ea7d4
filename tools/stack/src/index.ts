export {
  createDatabase,
  type DatabasePasswords,
  type DatabaseUrls,
  dropDatabase,
  randomPasswords,
} from './databases.js';
export { type Endpoints, readEndpoints } from './endpoints.js';
export { Fault } from './fault.js';
export { INFRASTRUCTURE_VARIABLE, type Infrastructure, readInfrastructure } from './infrastructure.js';
export { Interruption } from './interruption.js';
export type { Child } from './child.js';
export { type KafkaAccess, kafkaClient } from './kafka-client.js';
export { markedProcesses } from './marked-processes.js';
export { freePortBase, freePorts } from './ports.js';
export { SHORT_NAMES } from './layout.js';
export { isRunning } from './process-identity.js';
export { allProcesses, endDescendants, type TreeProcess } from './process-tree.js';
export { newMasterKey } from './secrets.js';
export { type RunningStack, type StackOptions, startStack } from './stack.js';
export type { Steps } from './steps.js';
