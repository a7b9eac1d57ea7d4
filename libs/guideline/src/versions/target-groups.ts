import type { TargetGroups } from '../provision.js';

/** The line that the article draws: the systems of the SDF and of U.S. Forces Japan, and all others. */
export const sdfOrUsfjAndOther: TargetGroups = {
  SDF_OR_USFJ: ['SDF', 'USFJ'],
  OTHER: ['GOVERNMENT', 'CRITICAL_INFRASTRUCTURE', 'DEFENCE_INDUSTRY', 'MUNICIPALITY', 'PRIVATE'],
};
