import { randomUUID } from 'node:crypto';
import type { Actor, EventData, ScopeBody } from '@sekisho/contracts';
import { ENACTED } from '@sekisho/guideline';
import type { Claim, Incident } from '../src/incidents/incident.js';
import { openIncident } from '../src/reports/open-incident.js';

export type Submitted = EventData<'intake.reports.v1', 'report-submitted.v1'>;
type Report = Submitted['report'];

export const RECEIVED = '2026-11-22T08:05:00.000Z';
export const AT = '2026-11-22T08:05:01.000Z';

/** A report as intake sends it on; what it tells of is invented. */
export const submitted = (report: Partial<Report> = {}, over: Partial<Submitted> = {}): Submitted => ({
  reportId: randomUUID(),
  number: 7,
  receivedAt: RECEIVED,
  organisation: { id: 'org-power', name: '東都電力', sector: 'ELECTRICITY' },
  report: {
    form: 'OTHER',
    stage: 'INITIAL',
    basis: 'MANDATORY',
    tlp: 'AMBER',
    title: '制御系への侵入',
    summary: 'Relays in two countries were used to reach the control network.',
    recognisedAt: '2026-11-22T06:40:00+09:00',
    operator: { name: '東都電力', sector: 'ELECTRICITY', designated: true },
    targets: [
      { ref: 'grid', name: '給電指令所', kind: 'CRITICAL_INFRASTRUCTURE', sector: 'ELECTRICITY', country: 'JP' },
    ],
    servers: [{ ref: 'c2', address: '198.51.100.37', country: 'NL', role: 'COMMAND_AND_CONTROL', confidence: 80 }],
    impact: { services: 'DEGRADED', personalData: 'FALSE' },
    indicators: [],
    consent: { forward: true },
    contactRef: 'contact-1',
    ...report,
  },
  digest: `sha256:${'a'.repeat(64)}`,
  deadlines: [],
  ...over,
});

let count = 0;
export const nextId = (): string => `018f0000-0000-7000-8000-${String((count += 1)).padStart(12, '0')}`;

export const opened = (report: Partial<Report> = {}, over: Partial<Submitted> = {}): Incident =>
  openIncident(submitted(report, over), { incidentId: nextId(), openedAt: AT, nextId, adoptions: ENACTED });

export const person = (name: string): Actor => ({
  issuer: 'https://issuer.example',
  subject: `client-${name}`,
  person: name,
  organisation: 'org-nco',
});

export const assessment = (fact: string, value: string, setsAside: string[] = [], by = person('aoki')): Claim => ({
  claimId: nextId(),
  fact,
  value,
  origin: 'ASSESSMENT',
  note: 'assessed',
  setsAside,
  assertedBy: by,
  assertedAt: AT,
});

export const scopeFor = (incident: Incident, over: Partial<ScopeBody> = {}): ScopeBody => ({
  determination: incident.determination.determination.digest,
  measure: {
    kind: 'ADMINISTRATOR_ORDER',
    purpose: 'End the intrusion.',
    expectedEffect: 'The relay no longer answers.',
    thirdPartyRisk: 'Other customers of the host are not touched.',
    alternatives: 'Blocking at the border was tried.',
    notBefore: '2026-11-23T09:00:00+09:00',
    notAfter: '2026-11-30T09:00:00+09:00',
  },
  servers: [{ ref: 's1', address: '198.51.100.37', attacks: ['t1'], executor: 'NPA_SOLE' }],
  ...over,
});
