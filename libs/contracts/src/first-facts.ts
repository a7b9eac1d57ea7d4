import { CASE_FACTS, type ServerLocation, type TargetKind } from '@sekisho/guideline';
import type { z } from 'zod';
import type { caseServer, caseTarget } from './events/classification.js';
import type { intakeEvents } from './events/intake.js';
import type { FactsBody } from './facts.js';

type SubmittedReport = z.infer<(typeof intakeEvents)['report-submitted.v1']>;
type Submitted = Pick<SubmittedReport, 'report' | 'organisation' | 'receivedAt'>;
type ReportedServer = SubmittedReport['report']['servers'][number];

export const PLANNED_ACTION_AT = 'plannedActionAt';
export const locationOf = (ref: string): string => `servers.${ref}.location`;
export const kindOf = (ref: string): string => `targets.${ref}.kind`;

/** What a report says of one fact, and why it is taken so. */
export interface ImpliedFact {
  readonly fact: string;
  readonly value: string;
  readonly note: string;
}

/** What a report amounts to before anybody has assessed it. */
export interface FirstFacts {
  readonly servers: readonly z.infer<typeof caseServer>[];
  readonly targets: readonly z.infer<typeof caseTarget>[];
  readonly implied: readonly ImpliedFact[];
  readonly facts: FactsBody;
}

interface Implied<Value extends string> {
  readonly value: Value;
  readonly note: string;
}

const LEAST_CONFIDENCE = 50;

/** What a report says of where a server is. A country without a confidence counts as known. */
function locationImplied({ country, confidence }: ReportedServer): Implied<ServerLocation> {
  if (country === undefined || country === null) return { value: 'UNKNOWN', note: 'The report names no country.' };
  if (confidence !== undefined && confidence < LEAST_CONFIDENCE) {
    return { value: 'UNKNOWN', note: `The report names ${country} with a confidence of ${confidence} only.` };
  }
  return { value: country === 'JP' ? 'DOMESTIC' : 'OVERSEAS', note: `The report names ${country}.` };
}

/** Whether an organisation's word that a system is of this kind counts: that it is the SDF's or USFJ's, from sector DEFENCE alone. */
export const mayClaimKind = (kind: TargetKind, { sector }: { sector: string }): boolean =>
  (kind !== 'SDF' && kind !== 'USFJ') || sector === 'DEFENCE';

function kindImplied(kind: TargetKind, organisation: Submitted['organisation']): Implied<TargetKind> {
  if (mayClaimKind(kind, organisation)) return { value: kind, note: 'As reported.' };
  return { value: 'UNKNOWN', note: `The report says ${kind}; its organisation is not of sector DEFENCE.` };
}

const NO_SERVER = {
  ref: 's1',
  address: null,
  reportRef: null,
  location: { value: 'UNKNOWN', note: 'The report names no server.' },
} as const;

/**
 * The first facts of a report, under refs of the case's own in the report's order. Where the report names no server, or no target yet,
 * one of which nothing is known stands in. Whoever tells a partner beforehand what a report would get asks the same.
 */
export function firstFacts({ report, organisation, receivedAt }: Submitted): FirstFacts {
  const named = report.servers.map((server, index) => ({
    ref: `s${index + 1}`,
    address: server.address ?? null,
    reportRef: server.ref,
    location: locationImplied(server),
  }));
  const servers = named.length > 0 ? named : [NO_SERVER];
  const unnamed = report.notYetKnown?.includes('targets') ?? false;
  const targets = report.targets.map(({ ref, name, kind }, index) => ({
    ref: `t${index + 1}`,
    name,
    reportRef: unnamed ? null : ref,
    kind: unnamed ? { value: kind, note: 'The report names no target yet.' } : kindImplied(kind, organisation),
  }));
  const unknown = Object.fromEntries(CASE_FACTS.map((fact) => [fact, 'UNKNOWN'])) as Record<
    (typeof CASE_FACTS)[number],
    'UNKNOWN'
  >;
  return {
    servers: servers.map(({ ref, address, reportRef }) => ({ ref, address, reportRef })),
    targets: targets.map(({ ref, name, reportRef }) => ({ ref, name, reportRef })),
    implied: [
      { fact: PLANNED_ACTION_AT, value: receivedAt, note: 'Time of receipt.' },
      ...servers.map(({ ref, location }) => ({ fact: locationOf(ref), ...location })),
      ...targets.map(({ ref, kind }) => ({ fact: kindOf(ref), ...kind })),
    ],
    facts: {
      plannedActionAt: receivedAt,
      ...unknown,
      servers: servers.map(({ ref, location }) => ({ ref, location: location.value })),
      targets: targets.map(({ ref, kind }) => ({ ref, kind: kind.value })),
    },
  };
}
