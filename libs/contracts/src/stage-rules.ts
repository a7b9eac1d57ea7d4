import { z } from 'zod';
import type { MessageCode, Values } from './messages.js';

/** What is found out with time: an INITIAL report may leave each of these out, the later ones say them all. */
export const LATER_PARTS = ['summary', 'targets', 'servers', 'impact', 'indicators'] as const;
export type LaterPart = (typeof LATER_PARTS)[number];

/** The block of a form with its own questions, and the form that it belongs to. */
const BLOCKS = { ddos: 'DDOS', ransomware: 'RANSOMWARE' } as const;

interface Broken {
  readonly field: string;
  readonly code: MessageCode;
  readonly values: Values;
}

/** What a form and a stage ask for beyond the shape of each field. Says nothing where form or stage are none. */
function brokenRules(report: Readonly<Record<string, unknown>>): Broken[] {
  const { form, stage } = report;
  const broken: Broken[] = [];
  if (stage === 'FOLLOW_UP' || stage === 'FINAL') {
    for (const field of LATER_PARTS) {
      if (report[field] === undefined) broken.push({ field, code: 'required-at-stage', values: { stage } });
    }
  }
  if (form !== 'DDOS' && form !== 'RANSOMWARE' && form !== 'OTHER') return broken;
  for (const [field, block] of Object.entries(BLOCKS)) {
    const given = report[field] !== undefined;
    if (given && block !== form) broken.push({ field, code: 'block-of-another-form', values: { block, form } });
    if (!given && block === form && stage === 'FINAL')
      broken.push({ field, code: 'required-for-form', values: { form } });
  }
  return broken;
}

/** The rules of form and stage as a check of the form's schema; it also runs where a field is at fault, so that all is told at once. */
export const stageRules = z.check<Readonly<Record<string, unknown>>>(({ value, issues }) => {
  if (typeof value !== 'object' || value === null) return;
  for (const { field, code, values } of brokenRules(value)) {
    issues.push({ code: 'custom', path: [field], message: code, params: { values }, input: value });
  }
});
stageRules._zod.def.when = () => true;

const of = (field: string, ...values: string[]) => ({ properties: { [field]: { enum: values } } });

/** The same rules for the OpenAPI document. */
export const STAGE_RULES_TOLD = {
  description:
    'One of the three common forms, at one of three stages. An INITIAL report may leave out summary, targets, servers, impact and ' +
    'indicators: what is left out is not known yet. FOLLOW_UP and FINAL reports say them all, and a FINAL one on the form DDOS or ' +
    'RANSOMWARE has the block of its form. A block of another form is refused.',
  allOf: [
    { anyOf: [of('stage', 'INITIAL'), { ...of('stage', 'FOLLOW_UP', 'FINAL'), required: [...LATER_PARTS] }] },
    {
      anyOf: [
        of('stage', 'INITIAL', 'FOLLOW_UP'),
        of('form', 'OTHER'),
        { ...of('form', 'DDOS'), required: ['ddos'] },
        { ...of('form', 'RANSOMWARE'), required: ['ransomware'] },
      ],
    },
    ...Object.entries(BLOCKS).map(([field, form]) => ({ anyOf: [of('form', form), { not: { required: [field] } }] })),
  ],
};
