import type { Role } from '@sekisho/contracts';

/** What may be done, and by whom. A route names one permission; what is not here nobody may do. */
export const PERMISSIONS = {
  'report:submit': ['partner'],
  'report:send': ['partner', 'analyst'],
  'report:read': ['partner'],
  'report:compare': ['analyst'],
  'worklist:read': ['partner', 'analyst', 'operator'],
  'report:revise': ['partner'],
  'report:withdraw': ['partner'],
  'consent:state': ['partner'],
  'contact-erasure:request': ['partner', 'operator'],
  'contact-erasure:confirm': ['operator'],
  'report:draft': ['partner'],
  'question:ask': ['analyst'],
  'question:read': ['partner', 'analyst'],
  'question:answer': ['partner'],
  'organisation:list': ['operator', 'analyst'],
  'organisation:read': ['operator', 'analyst', 'partner'],
  'organisation:propose': ['operator'],
  'organisation:confirm': ['operator'],

  'determination:preview': ['analyst', 'tasking-officer', 'commission', 'inspector', 'operator'],
  'incident:read': ['analyst', 'nsc-secretariat', 'tasking-officer', 'commission', 'inspector', 'operator'],
  'guideline:read': [
    'analyst',
    'nsc-secretariat',
    'tasking-officer',
    'mofa',
    'npsc-secretariat',
    'cabinet-secretariat',
    'commission',
    'inspector',
    'operator',
  ],
  'guideline-adoption:propose': ['nsc-secretariat'],
  'guideline-adoption:confirm': ['nsc-secretariat'],
  'replay:start': ['analyst'],
  'replay:read': ['analyst', 'commission', 'inspector'],
  'claim:record': ['analyst'],
  'revision:adopt': ['analyst'],
  'scope:propose': ['analyst'],
  'determination:confirm': ['analyst'],
  'standing:read': ['service'],

  'review:read': ['nsc-secretariat', 'analyst', 'tasking-officer', 'commission', 'inspector', 'operator'],
  'member:read': ['nsc-secretariat', 'inspector', 'operator'],
  'member:write': ['nsc-secretariat'],
  'calendar:write': ['nsc-secretariat'],
  'meeting:read': ['nsc-secretariat', 'inspector', 'commission', 'operator'],
  'meeting:schedule': ['nsc-secretariat'],
  'attendance:record': ['nsc-secretariat'],
  'decision:record': ['nsc-secretariat'],
  'decision:confirm': ['nsc-secretariat'],

  'evidence:record': ['mofa', 'npsc-secretariat', 'cabinet-secretariat'],
  'evidence:confirm': ['tasking-officer'],
  'safeguard:read': [
    'tasking-officer',
    'analyst',
    'mofa',
    'npsc-secretariat',
    'cabinet-secretariat',
    'commission',
    'inspector',
    'operator',
  ],
  'commission-request:submit': ['tasking-officer'],
  'order:draft': ['tasking-officer'],
  'order:issue': ['tasking-officer'],
  'order:revoke': ['tasking-officer'],
  'order:read': ['tasking-officer', 'commission', 'inspector', 'operator'],
  'return:submit': ['agency-npa', 'agency-sdf'],

  'commission-request:read': ['commission', 'inspector'],
  'ruling:record': ['commission'],
  'ruling:confirm': ['commission'],
  'ruling:read': ['commission', 'inspector', 'tasking-officer', 'operator'],
  'periodic-report:read': ['commission', 'inspector', 'operator'],

  'parked:read': ['operator'],
  'parked:settle': ['operator'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

export const mayDo = (roles: readonly Role[], permission: Permission): boolean =>
  (PERMISSIONS[permission] as readonly Role[]).some((role) => roles.includes(role));
