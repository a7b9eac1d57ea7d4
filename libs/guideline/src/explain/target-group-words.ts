import { TARGET_KINDS, type TargetKind } from '../facts.js';
import type { Guideline } from '../guideline.js';
import type { Language } from './explanation.js';
import { TARGET_WORDS } from './fact-words.js';
import { joined } from './phrases.js';

const KNOWN = TARGET_KINDS.filter((kind) => kind !== 'UNKNOWN');

/**
 * Whose systems a version puts into one group, told by the kinds that it has in it: a future version's groups need no words of their own.
 * Of a group of most kinds it is told whom it leaves out.
 */
export function groupIn({ targetGroups }: Guideline, name: string, language: Language): string {
  const kinds: readonly TargetKind[] | undefined = Object.hasOwn(targetGroups, name) ? targetGroups[name] : undefined;
  if (kinds === undefined) return name;
  const of = (list: readonly TargetKind[]) => list.map((kind) => TARGET_WORDS[kind][language]);
  const others = KNOWN.filter((kind) => !kinds.includes(kind));
  if (others.length === 0 || kinds.length <= others.length) return joined(of(kinds), 'or', language);
  const left = joined(of(others), 'and', language);
  return language === 'ja' ? `${left}以外` : `others than ${left}`;
}
