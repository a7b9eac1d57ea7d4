import { recused, deferred, rejected, withConditions } from './decisions.js';
import { domesticPolice, joint, jointDeclined, sdfAlone } from './executors.js';
import type { Kind } from './kind.js';
import { approvalStale, beforeOctober, factsChanged, informationOnly, safeguardMissing } from './refusals.js';
import { urgentJustified } from './urgency.js';

/** Every kind of case, in the order in which they are told. */
export const KINDS: readonly Kind[] = [
  sdfAlone,
  domesticPolice,
  joint,
  jointDeclined,
  urgentJustified,
  safeguardMissing,
  approvalStale,
  factsChanged,
  informationOnly,
  beforeOctober,
  withConditions,
  rejected,
  deferred,
  recused,
];
