import { readFileSync } from 'node:fs';
import { lastingPool } from '../src/index.js';

// The testing library stands on this one: here the run's PostgreSQL is asked for directly.
const { postgres } = JSON.parse(readFileSync(process.env['SEKISHO_TEST_INFRA']!, 'utf8')) as {
  postgres: { superuserUrl: string };
};

describe('a connection that is lost while it is held and asked nothing', () => {
  it('ends no process: whoever asks it next is told, and the pool has others', async () => {
    const pool = lastingPool({ connectionString: postgres.superuserUrl, max: 2 });
    try {
      const held = await pool.connect();
      const { rows } = await held.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const ended = new Promise((resolve) => held.once('end', resolve));
      await pool.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
      await ended;
      const told = await held.query('SELECT 1').catch((error: Error) => error);
      expect(told).toBeInstanceOf(Error);
      held.release();
      expect((await pool.query<{ one: number }>('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    } finally {
      await pool.end();
    }
  });
});
