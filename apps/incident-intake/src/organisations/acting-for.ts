import type { Tx } from '../database.js';

const act = (tx: Tx, organisation: string) =>
  tx.$executeRaw`SELECT set_config('app.organisation', ${organisation}, true)`;

/**
 * Lets a transaction act for another organisation than its caller's while `work` runs: row-level security shows it that one's rows alone.
 * What comes afterwards, as the answer that is kept under an Idempotency-Key, is the caller's again.
 */
export async function actingFor<Result>(tx: Tx, organisation: string, work: () => Promise<Result>): Promise<Result> {
  const [before] = await tx.$queryRaw<
    { own: string | null }[]
  >`SELECT current_setting('app.organisation', true) AS own`;
  await act(tx, organisation);
  const result = await work();
  await act(tx, before?.own ?? '');
  return result;
}
