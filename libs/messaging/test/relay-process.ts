import { Relay } from '../src/index.js';
import { die, kafkaOf, logger, serve, told } from './fixture.js';

// A relay as a process of its own.
const fixture = told();
const relay = new Relay({
  databaseUrl: fixture.relayUrl,
  kafka: await kafkaOf(fixture),
  logger,
  ...(fixture.dieAt === 'after-numbering' && { afterNumbering: die }),
});
relay.start();
serve(() => relay.stop());
