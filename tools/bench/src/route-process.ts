import 'reflect-metadata';
import type { Provider, Type } from '@nestjs/common';
import { Metrics } from '@sekisho/observability';
import {
  createApplication,
  Database,
  keepHeapSmall,
  LOGGER,
  observeRequests,
  readConfig,
  serviceConfig,
} from '@sekisho/service';
import { loadKeySet } from '@sekisho/signing';

class NoDatabase extends Database {
  $transaction(): Promise<never> {
    return Promise.reject(new Error('there is no database here'));
  }
  async $disconnect(): Promise<void> {}
}

/** Serves one controller as intake would, in a process of its own like the service that it is compared with, and with its environment. */
export async function serveRoute(controller: Type, providers: Provider[] = []): Promise<void> {
  keepHeapSmall();
  const config = readConfig(serviceConfig);
  const keys = await loadKeySet(config.SEKISHO_SIGNING_KEYS);
  const app = await createApplication(
    {
      name: 'incident-intake',
      description: 'Intake, to be compared with.',
      config,
      database: new NoDatabase(),
      controllers: [controller],
      providers,
      subscriptions: [],
    },
    keys,
  );
  observeRequests(app, app.get(LOGGER), app.get(Metrics));
  await app.listen(config.PORT, config.HOST);
  process.send?.('ready');
  process.once('disconnect', () => process.exit(0));
}
