import { consumerOf, die, serve, told } from './fixture.js';
import { PgDatabase } from './pg-database.js';

// A consumer as a process of its own.
const fixture = told();
const database = new PgDatabase(fixture.databaseUrl);
const consumer = await consumerOf(fixture, database, (keys) => {
  if (fixture.dieAt === 'after-commit' && keys.includes(fixture.dieWith ?? '')) die();
});
consumer.start();
serve(async () => {
  await consumer.stop();
  await database.end();
});
