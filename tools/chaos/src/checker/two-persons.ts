import { type Check, type Row, rows } from './world.js';

const person = (actor: unknown): string => String((actor as Row | null)?.['person'] ?? '');

/** Two persons stand behind each confirmed scope, decision, withdrawal, paper, ruling and order. */
export const twoPersons: Check = (world) => {
  const faults: string[] = [];
  let counted = 0;
  const two = (what: string, first: string, second: string): void => {
    counted += 1;
    if (first === '' || second === '') faults.push(`${what}: nobody stands for a step of it`);
    else if (first === second) faults.push(`${what}: ${first} did both steps`);
  };
  const scopes = rows(world, 'classification', 'scope');
  for (const { scope_digest: digest, confirmed_by: by } of rows(world, 'classification', 'confirmation')) {
    // A confirmation without a scope is of what analysts claimed: it has no proposer.
    if (digest === null) continue;
    two(`scope ${digest}`, person(scopes.find((row) => row['scope_digest'] === digest)?.['proposed_by']), person(by));
  }
  const decisions = rows(world, 'nsc-scheduling', 'decision');
  for (const { decision_id: id, recorded_by: by } of rows(world, 'nsc-scheduling', 'decision_confirmation')) {
    two(`decision ${id}`, person(decisions.find((row) => row['id'] === id)?.['recorded_by']), person(by));
  }
  const withdrawals = rows(world, 'nsc-scheduling', 'decision_withdrawal');
  for (const { withdrawal_id: id, recorded_by: by } of rows(
    world,
    'nsc-scheduling',
    'decision_withdrawal_confirmation',
  )) {
    two(`withdrawal ${id}`, person(withdrawals.find((row) => row['id'] === id)?.['recorded_by']), person(by));
  }
  const evidence = rows(world, 'agency-tasking', 'evidence');
  for (const { evidence_id: id, confirmed_by_person: by } of rows(world, 'agency-tasking', 'evidence_confirmation')) {
    two(`evidence ${id}`, String(evidence.find((row) => row['id'] === id)?.['recorded_by_person'] ?? ''), String(by));
  }
  const rulings = rows(world, 'oversight-reporting', 'ruling');
  for (const { ruling_id: id, confirmed_actor: by } of rows(world, 'oversight-reporting', 'ruling_confirmation')) {
    two(`ruling ${id}`, person(rulings.find((row) => row['id'] === id)?.['recorded_actor']), person(by));
  }
  for (const { id, issued_actor: by, drafted_actor: drafted } of rows(world, 'agency-tasking', 'tasking_order')) {
    if (by !== null) two(`order ${id}`, person(drafted), person(by));
  }
  return { name: 'two persons behind each step that needs two', counted: `${counted} steps`, faults };
};
