export { brokerClient, readTopic, type SeenMessage, sendEvent, sendMessage, startAtTheEnd } from './broker.js';
export { actor, type ConfirmedCase, confirmedCase, inHours } from './cases.js';
export { eventually, type Reply, TestClient } from './client.js';
export { type TestDatabase, testDatabase } from './database.js';
export { folderOfRun, infrastructure } from './infrastructure.js';
export { type KilledService, killedWhileTakingIn } from './killed-service.js';
export { type TestIssuer, testIssuer, type TestPrincipal } from './issuer.js';
export { serviceEnvironment } from './service-config.js';
