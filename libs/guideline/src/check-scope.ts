import type { Determination } from './determination.js';
import type { Facts, Target } from './facts.js';
import { isSdfOrUsfj } from './facts.js';
import { instant } from './instant.js';
import type { Scope, ScopeServer } from './scope.js';

export const SCOPE_FAULT_CODES = [
  'NO_SERVER',
  'SERVER_UNKNOWN',
  'SERVER_REPEATED',
  'ADDRESS_MISSING',
  'ATTACKS_NOTHING',
  'TARGET_UNKNOWN',
  'TARGET_REPEATED',
  'EXECUTOR_NOT_SDF',
  'EXECUTOR_NOT_CANDIDATE',
  'WINDOW_UNREADABLE',
  'WINDOW_EMPTY',
] as const;
export type ScopeFaultCode = (typeof SCOPE_FAULT_CODES)[number];

/** `path` is a JSON pointer into the scope. */
export interface ScopeFault {
  code: ScopeFaultCode;
  path: string;
}

/**
 * What is wrong with a scope for these facts and their determination; empty where nothing is. A server's executor must be
 * a candidate of every target that it attacks, except that it is the SDF wherever one of them is an SDF or USFJ target:
 * cases that involve them are the SDF's [A]. That the scope names this determination's digest is asked by `authorise`.
 */
export function checkScope(determination: Determination, facts: Facts, scope: Scope): ScopeFault[] {
  const candidates = new Map(determination.execution.map((each) => [each.target, new Set(each.candidates)]));
  const targets = new Map(facts.targets.map((target) => [target.ref, target]));
  const servers = new Set(facts.servers.map(({ ref }) => ref));
  const listed = new Set<string>();
  const faults: ScopeFault[] = windowFaults(scope);
  if (scope.servers.length === 0) faults.push({ code: 'NO_SERVER', path: '/servers' });

  scope.servers.forEach((server, index) => {
    const path = `/servers/${index}`;
    if (!servers.has(server.ref)) faults.push({ code: 'SERVER_UNKNOWN', path: `${path}/ref` });
    if (listed.has(server.ref)) faults.push({ code: 'SERVER_REPEATED', path: `${path}/ref` });
    listed.add(server.ref);
    if (server.address.trim() === '') faults.push({ code: 'ADDRESS_MISSING', path: `${path}/address` });
    if (server.attacks.length === 0) faults.push({ code: 'ATTACKS_NOTHING', path: `${path}/attacks` });
    faults.push(...attackFaults(server, targets, path));

    const attacked = server.attacks.flatMap((ref) => targets.get(ref) ?? []);
    if (attacked.some(({ kind }) => isSdfOrUsfj(kind))) {
      if (server.executor !== 'SDF') faults.push({ code: 'EXECUTOR_NOT_SDF', path: `${path}/executor` });
    } else if (attacked.some(({ ref }) => !candidates.get(ref)?.has(server.executor))) {
      faults.push({ code: 'EXECUTOR_NOT_CANDIDATE', path: `${path}/executor` });
    }
  });
  return faults;
}

function attackFaults(server: ScopeServer, targets: ReadonlyMap<string, Target>, path: string): ScopeFault[] {
  const seen = new Set<string>();
  return server.attacks.flatMap((ref, index): ScopeFault[] => {
    const repeated = seen.has(ref);
    seen.add(ref);
    if (!targets.has(ref)) return [{ code: 'TARGET_UNKNOWN', path: `${path}/attacks/${index}` }];
    return repeated ? [{ code: 'TARGET_REPEATED', path: `${path}/attacks/${index}` }] : [];
  });
}

function windowFaults({ measure }: Scope): ScopeFault[] {
  const [notBefore, notAfter] = [instant(measure.notBefore), instant(measure.notAfter)];
  const faults: ScopeFault[] = [];
  if (Number.isNaN(notBefore)) faults.push({ code: 'WINDOW_UNREADABLE', path: '/measure/notBefore' });
  if (Number.isNaN(notAfter)) faults.push({ code: 'WINDOW_UNREADABLE', path: '/measure/notAfter' });
  if (notBefore >= notAfter) faults.push({ code: 'WINDOW_EMPTY', path: '/measure/notAfter' });
  return faults;
}
