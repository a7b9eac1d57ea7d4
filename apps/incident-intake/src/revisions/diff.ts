import type { KeptReport, ReportChange } from '@sekisho/contracts';
import { canonical } from '@sekisho/signing';

type Json = NonNullable<ReportChange['before']> | null;
type Members = Readonly<Record<string, Json | undefined>>;
/** A place of both, by its pointer into each; a ref, where it is of an item that has one. */
type Place = Pick<ReportChange, 'ref'> & { readonly old: string; readonly new: string };

/** The members of an object; undefined of anything else. */
const membersOf = (value: Json): Members | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
const refOf = (item: Json): string | undefined => {
  const ref = membersOf(item)?.['ref'];
  return typeof ref === 'string' ? ref : undefined;
};
const escape = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
const within = ({ ref, ...at }: Place, old: string | number, key = old): Place => ({
  ...(ref === undefined ? {} : { ref }),
  old: `${at.old}/${escape(String(old))}`,
  new: `${at.new}/${escape(String(key))}`,
});

/**
 * In what two revisions of a report differ, in the order of the fields of the second, what was removed last. Lists are sets here: items
 * are told apart by their ref, or as a whole where they have none; another order is no difference. Whom to contact is nobody's business
 * but that it is somebody else; of one that was erased nothing can be said.
 */
export function changesOf(
  { contact: before, ...from }: KeptReport,
  { contact: after, ...to }: KeptReport,
): ReportChange[] {
  const changes = [...betweenMembers(from as Members, to as Members, { old: '', new: '' })];
  const known = before !== null && after !== null;
  if (known && canonical(before) !== canonical(after)) changes.push({ pointer: '/contact', change: 'CHANGED' });
  return changes;
}

function* between(before: Json | undefined, after: Json | undefined, place: Place): Iterable<ReportChange> {
  if (before === undefined && after === undefined) return;
  const { old, new: pointer, ...ref } = place;
  if (before === undefined) yield { pointer, ...ref, change: 'ADDED', after: after! };
  else if (after === undefined) yield { pointer: old, ...ref, change: 'REMOVED', before };
  else if (Array.isArray(before) && Array.isArray(after)) yield* betweenLists(before, after, place);
  else {
    const [from, to] = [membersOf(before), membersOf(after)];
    if (from && to) yield* betweenMembers(from, to, place);
    else if (canonical(before) !== canonical(after)) yield { pointer, ...ref, change: 'CHANGED', before, after };
  }
}

function* betweenMembers(before: Members, after: Members, place: Place): Iterable<ReportChange> {
  for (const key of new Set([...Object.keys(after), ...Object.keys(before)]))
    yield* between(before[key], after[key], within(place, key));
}

function* betweenLists(before: readonly Json[], after: readonly Json[], place: Place): Iterable<ReportChange> {
  const left = [...keyed(before)];
  for (const { key, ref, item, index } of keyed(after)) {
    const at = left.findIndex((other) => other.key === key);
    const [known] = at < 0 ? [] : left.splice(at, 1);
    yield* between(known?.item, item, ofItem(within(place, known?.index ?? index, index), ref));
  }
  for (const { ref, item, index } of left) {
    yield* between(item, undefined, ofItem(within(place, index), ref));
  }
}

const ofItem = (place: Place, ref: string | undefined): Place => (ref === undefined ? place : { ...place, ref });

const keyed = (list: readonly Json[]) =>
  list.map((item, index) => {
    const ref = refOf(item);
    return { key: ref === undefined ? canonical(item) : `ref ${ref}`, ref, item, index };
  });
