import { type Finding, mayClaimKind, type MessageCode, type ReportForm, type Values } from '@sekisho/contracts';
import { clocksOf, type Deadline } from '../deadlines/clock.js';
import type { Organisation } from '../organisations/organisation-register.js';
import { type AddressKind, readAddress } from './address.js';
import { ATTACK_SOURCES, ATTACK_TECHNIQUES } from './attack-techniques.js';

/** What STIX calls an observable whose value is an address, and what that value should then be. */
const ADDRESS_TYPES: Readonly<Record<string, AddressKind>> = {
  'ipv4-addr': 'IPV4',
  'ipv6-addr': 'IPV6',
  'domain-name': 'DOMAIN',
  url: 'URL',
};

type Found = Iterable<Finding | false>;

const at = (pointer: string, code: MessageCode, values?: Values): Finding => ({
  pointer,
  code,
  ...(values === undefined ? {} : { values }),
});

function* ofServers({ servers = [] }: ReportForm): Found {
  for (const [index, { address: sent }] of servers.entries()) {
    if (sent === undefined) continue;
    const address = readAddress(sent);
    const pointer = `/servers/${index}/address`;
    if (address === null) yield at(pointer, 'unrecognised-address');
    else if (address.specialPurpose) yield at(pointer, 'special-purpose-address', { range: address.specialPurpose });
  }
}

function* ofIndicators({ indicators = [] }: ReportForm): Found {
  for (const [index, { type, value }] of indicators.entries()) {
    const kind = Object.hasOwn(ADDRESS_TYPES, type) ? ADDRESS_TYPES[type] : undefined;
    yield (
      kind !== undefined &&
      readAddress(value)?.kind !== kind &&
      at(`/indicators/${index}/value`, 'indicator-type-differs', { type })
    );
  }
}

function* ofTechniques({ ddos }: ReportForm): Found {
  const version = ATTACK_SOURCES[0].version;
  for (const [index, technique] of (ddos?.vectors ?? []).entries()) {
    yield !ATTACK_TECHNIQUES.has(technique) && at(`/ddos/vectors/${index}`, 'unknown-technique', { version });
  }
}

function* ofRegister({ basis, operator, targets = [] }: ReportForm, { designated, sector }: Organisation): Found {
  yield basis === 'MANDATORY' && !designated && at('/basis', 'not-designated');
  yield (
    operator.designated !== designated &&
    at('/operator/designated', 'designation-differs', { registered: String(designated) })
  );
  yield operator.sector !== sector && at('/operator/sector', 'sector-differs', { registered: sector });
  for (const [index, { kind }] of targets.entries()) {
    yield !mayClaimKind(kind, { sector }) && at(`/targets/${index}/kind`, 'kind-not-taken', { kind });
  }
}

/** A designated organisation's voluntary report that the law would have asked for: sent as such, it would start a clock for certain. */
function* ofDuty(
  report: ReportForm,
  organisation: Organisation,
  receivedAt: string,
  started: readonly Deadline[],
): Found {
  if (report.basis === 'MANDATORY' || !organisation.designated) return;
  const owed = clocksOf({ ...report, basis: 'MANDATORY' }, organisation, { reportId: '', receivedAt });
  const more = owed.some(
    ({ regime, kind, applies }) =>
      applies === 'APPLIES' && !started.some((clock) => clock.regime === regime && clock.kind === kind),
  );
  yield more && at('/basis', 'duty-not-stated');
}

function* ofItself({ basis, consent, impact }: ReportForm): Found {
  yield (
    impact?.services === 'NONE' &&
    impact.personalData === 'FALSE' &&
    (impact.usersAffected ?? 0) > 0 &&
    at('/impact/usersAffected', 'impact-contradicts')
  );
  yield !consent.forward && at('/consent/forward', basis === 'MANDATORY' ? 'forwarded-by-law' : 'stays-with-intake');
}

/** A clock that runs for certain and whose end had passed when the report came in: what it asks for is late, whoever is to blame. */
function* ofDeadlines(deadlines: readonly Deadline[], receivedAt: string): Found {
  for (const { kind, dueAt, applies } of deadlines) {
    yield (
      applies !== 'IF_CONFIRMED' &&
      Date.parse(dueAt) < Date.parse(receivedAt) &&
      at('/recognisedAt', 'deadline-passed', { kind, dueAt })
    );
  }
}

/**
 * What a duty officer should look at again although the report is taken: what cannot be read, what the register has otherwise, what will
 * not have the effect that it seems to have. `deadlines` are those that the report starts.
 */
export function warningsOf(
  report: ReportForm,
  organisation: Organisation,
  { receivedAt, deadlines }: { receivedAt: string; deadlines: readonly Deadline[] },
): Finding[] {
  return [
    ...ofRegister(report, organisation),
    ...ofDuty(report, organisation, receivedAt, deadlines),
    ...ofItself(report),
    ...ofDeadlines(deadlines, receivedAt),
    ...ofServers(report),
    ...ofIndicators(report),
    ...ofTechniques(report),
  ].filter((found) => found !== false);
}
