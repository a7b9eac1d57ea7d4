import type { Guideline, Words } from '@sekisho/guideline';
import type { Finding, FindingCode } from './finding.js';

/**
 * Where text and provisions part: a clause to which nothing gives effect, or of which a name leads nowhere, and a provision or a judgement
 * that stands in no clause. There is no case to show it by.
 */
export function textAndProvisions({ text, provisions, judgements }: Guideline): Finding[] {
  const parts = new Set([...provisions, ...judgements].map(({ id }) => id));
  const named = new Set(text.flatMap((clause) => [...clause.provisions, ...clause.judgements]));
  const clauses = text.flatMap((clause) => {
    const names = [...clause.provisions, ...clause.judgements];
    const missing = names.filter((name) => !parts.has(name));
    return [
      ...(names.length === 0 ? [finding('CLAUSE_WITHOUT_EFFECT', [], without(clause.id))] : []),
      ...(missing.length > 0 ? [finding('CLAUSE_WITHOUT_EFFECT', missing, nowhere(clause.id, missing))] : []),
    ];
  });
  const loose = [...parts].filter((id) => !named.has(id));
  return [...clauses, ...loose.map((id) => finding('IN_NO_CLAUSE', [id], unfounded(id)))];
}

const finding = (code: FindingCode, provisions: string[], words: Words): Finding => ({
  code,
  level: 'error',
  provisions,
  words,
  witness: null,
});

const without = (clause: string): Words => ({
  en: `Clause ${clause} was overlooked: no provision gives it effect, and nothing of it is left to people.`,
  ja: `${clause} に効果を与える規定がなく、人の判断に委ねる事項ともされていない。`,
});

const nowhere = (clause: string, missing: readonly string[]): Words => ({
  en: `Clause ${clause} names ${missing.join(', ')}, which the version does not have.`,
  ja: `${clause} が挙げる ${missing.join('、')} は、この版にない。`,
});

const unfounded = (id: string): Words => ({
  en: `${id} stands in no clause of the text: what it says, the guideline does not.`,
  ja: `${id} は、本文のいずれにも根拠がない。`,
});
