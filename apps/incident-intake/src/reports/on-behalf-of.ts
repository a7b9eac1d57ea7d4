import type { Finding, OnBehalfOf } from '@sekisho/contracts';
import type { Principal } from '@sekisho/identity';
import { ProblemError, refused } from '@sekisho/service';

/**
 * The organisation that a report is for: a partner's own, or the one that staff name. Throws a problem where somebody reports for
 * whom it is not his to report.
 */
export function reportingOrganisation({ roles, organisation }: Principal, onBehalfOf: OnBehalfOf | undefined): string {
  if (onBehalfOf === undefined) {
    if (!roles.includes('partner')) throw new ProblemError('not-permitted', { code: 'entry-for-whom' });
    return organisation;
  }
  if (!roles.includes('analyst')) throw new ProblemError('not-permitted', { code: 'entry-by-staff-only' });
  return onBehalfOf.organisation;
}

/** What is wrong with an entry for an organisation that the register does not have. */
export const notInRegister = (organisation: string): Finding => ({
  pointer: '/onBehalfOf/organisation',
  code: 'not-in-register',
  values: { organisation },
});

/** Why nobody reports for an organisation that the register does not have. */
export const notRegistered = (organisation: string, onBehalfOf?: OnBehalfOf | undefined): ProblemError =>
  onBehalfOf === undefined
    ? new ProblemError('not-permitted', { code: 'not-registered', values: { organisation } })
    : refused('not-registered', [notInRegister(organisation)]);
