import type { AskedProvision } from '../determination.js';
import type { ThreeValued } from '../facts.js';
import type { Guideline } from '../guideline.js';
import { isOutcome, type Words } from '../provision.js';
import { conditionIn, factIn } from './condition-words.js';
import type { Citation, Language } from './explanation.js';
import { saidOf } from './phrases.js';
import { citeSources } from './source-words.js';

const ANSWERS = {
  TRUE: { en: 'applies', ja: '適用する' },
  FALSE: { en: 'does not apply', ja: '適用しない' },
  UNKNOWN: { en: 'not established whether it applies', ja: '適用の有無は未確定' },
} as const satisfies Record<ThreeValued, Words>;

/** Of a provision by which a case ends: its own words tell when a measure may be taken, so that "does not apply" would say the contrary. */
const BARS = {
  TRUE: { en: 'the case ends here', ja: '判定はここで終わる' },
  FALSE: { en: 'does not stand in the way of a measure', ja: '措置を妨げない' },
  UNKNOWN: { en: 'not established whether the case ends here', ja: '判定がここで終わるかどうかは未確定' },
} as const satisfies Record<ThreeValued, Words>;

/** A provision as it was asked. One that the guideline does not have keeps the words of its trace. */
export function citeAsked(guideline: Guideline, asked: AskedProvision, language: Language): Citation {
  const cited = citeNamed(guideline, asked.provision, language);
  const ends = guideline.provisions.some((each) => each.id === asked.provision && isOutcome(each));
  const told = ends ? factIn : conditionIn;
  return {
    ...cited,
    label: saidOf(cited.label, (ends ? BARS : ANSWERS)[asked.answer][language], language),
    answer: asked.answer,
    source: cited.source || asked.source,
    reasons: asked.conditions.map((condition) => told(guideline, condition, language)),
  };
}

/** A provision that was named, without having been asked. */
export function citeNamed({ provisions }: Guideline, id: string, language: Language): Citation {
  const found = provisions.find((provision) => provision.id === id);
  const row = found && (language === 'ja' ? `（判定表第${found.row}行）` : ` (row ${found.row})`);
  return {
    provision: id,
    label: `${id}${row ?? ''}`,
    answer: null,
    words: found?.words[language] ?? '',
    source: found ? citeSources(found.sources, language) : '',
    reasons: [],
  };
}
