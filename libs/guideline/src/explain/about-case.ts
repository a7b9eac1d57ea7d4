import type { Words } from '../provision.js';
import { type Explanation, list } from './explanation.js';
import { dueOn } from './japan-time.js';
import { saidOf } from './phrases.js';

/** Which case a text is about and when it was true: what is filed must say so itself. */
export interface AboutCase {
  incidentId: string;
  /** RFC 3339. */
  at: string;
  /** What exactly is explained, by the number or digest under which it is on record. */
  determinationVersion?: number;
  digest?: string;
  scopeDigest?: string;
  orderId?: string;
}

const NAMES = {
  incidentId: { en: 'Case', ja: '案件' },
  orderId: { en: 'Order', ja: '命令' },
  determinationVersion: { en: 'Version of the determination', ja: '判定の版' },
  digest: { en: 'Digest of the determination', ja: '判定のダイジェスト' },
  scopeDigest: { en: 'Digest of the scope', ja: '措置案のダイジェスト' },
  at: { en: 'As of', ja: '基準日時' },
} as const satisfies Record<keyof AboutCase, Words>;

/** The explanation with what it is about at its head. */
export function aboutCase(explanation: Explanation, about: AboutCase): Explanation {
  const { language } = explanation;
  const items = (Object.keys(NAMES) as (keyof AboutCase)[]).flatMap((name) => {
    const value = about[name];
    if (value === undefined) return [];
    const said =
      name === 'at' ? `${dueOn(about.at, language)}${language === 'ja' ? '' : ' (Japan time)'}` : String(value);
    return [saidOf(NAMES[name][language], said, language)];
  });
  return { ...explanation, blocks: [...list(items), ...explanation.blocks] };
}
