import type { EventData } from '@sekisho/contracts';
import type { Adoption } from '@sekisho/guideline';
import type { EventContext } from '@sekisho/messaging';
import { lawOf } from '@sekisho/signing';
import type { Tx } from '../database.js';
import { provenance } from '../provenance.js';

export type Adopted = EventData<'classification.guidelines.v1', 'guideline-adopted.v1'>;

/** What takes effect when, as far as tasking has heard. */
export async function adopted(tx: Tx): Promise<readonly Adoption[]> {
  const rows = await tx.guidelineAdoption.findMany();
  return lawOf(
    rows.map(({ guideline, digest, effectiveFrom, confirmedAt }) => {
      return { guideline, digest, from: effectiveFrom.toISOString(), confirmedAt: confirmedAt.toISOString() };
    }),
  );
}

export async function addAdoption(
  tx: Tx,
  { adoptionId, guideline, digest, from, confirmedAt }: Adopted,
  context: EventContext,
): Promise<void> {
  const row = { adoptionId, guideline, digest, effectiveFrom: from, confirmedAt };
  await tx.guidelineAdoption.create({ data: { ...row, ...provenance('/classification', context) } });
}
