import { approvalWithdrawn, factContested, factsChanged, reportRevised } from './changes.js';
import { deferred, recused, rejected, withConditions } from './decisions.js';
import { domesticPolice, joint, jointDeclined, sdfAlone } from './executors.js';
import type { Kind } from './kind.js';
import { approvalStale, beforeOctober, informationOnly, safeguardMissing } from './refusals.js';
import { urgentJustified, urgentUnjustified } from './urgency.js';

/** Every kind of case, in the order in which they are told. */
export const KINDS: readonly Kind[] = [
  sdfAlone,
  domesticPolice,
  joint,
  jointDeclined,
  urgentJustified,
  urgentUnjustified,
  safeguardMissing,
  approvalStale,
  approvalWithdrawn,
  factsChanged,
  factContested,
  reportRevised,
  informationOnly,
  beforeOctober,
  withConditions,
  rejected,
  deferred,
  recused,
];
