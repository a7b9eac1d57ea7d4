import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { EventData, Role } from '@sekisho/contracts';
import { Clock, readConfig, type RunningService, startService } from '@sekisho/service';
import {
  eventually,
  folderOfRun,
  readTopic,
  type Reply,
  type SeenMessage,
  sendEvent,
  serviceEnvironment,
  TestClient,
  type TestDatabase,
  testDatabase,
  type TestIssuer,
  testIssuer,
  type TestPrincipal,
} from '@sekisho/testing';
import { scheduling, schedulingConfig } from '../src/app.module.js';
import type { Roster } from '../src/roster/roster.js';

// A service of a test reads its topics from the beginning, with all that other tests have written, and may share its machine.
export const PATIENCE_MS = 60_000;
jest.setTimeout(2 * PATIENCE_MS);

export const TOPIC = 'classification.determinations.v1';
export type Confirmed = EventData<typeof TOPIC, 'determination-confirmed.v1'>;

const principal = (subject: string, role: Role, person = subject): TestPrincipal => ({
  subject,
  person,
  organisation: 'nss',
  roles: [role],
});
export const secretary = principal('secretariat-1', 'nsc-secretariat');
export const secondSecretary = principal('secretariat-2', 'nsc-secretariat');
/** Another client of the first secretary. */
export const sameHuman = principal('secretariat-9', 'nsc-secretariat', 'secretariat-1');
export const analyst = principal('analyst-1', 'analyst');
export const service = principal('svc-agency-tasking', 'service');
export const operator = principal('operator', 'operator');

export const seed = (): Roster =>
  JSON.parse(readFileSync(new URL('../../../tools/stack/seed/members.json', import.meta.url), 'utf8')) as Roster;

/** What an answer refuses with: `409 stale-scope`. */
export const problem = ({ status, body }: Reply<{ type: string }>): string =>
  `${status} ${body.type.replace('urn:sekisho:problem:', '')}`;

export const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** A Friday morning in Japan. */
export const FRIDAY = '2026-11-20T01:00:00.000Z';

/** Says what time it is. */
export class TestClock extends Clock {
  at = Date.parse(FRIDAY);

  override now(): Date {
    return new Date(this.at);
  }

  forward(minutes: number): void {
    this.at += minutes * 60_000;
  }
}

/** What classification says when two people stand for an overseas case and the measure in it. */
export function confirmation(incidentId: string, over: Partial<Confirmed> = {}): Confirmed {
  const actor = (person: string) => ({ issuer: 'https://issuer.test', subject: person, person, organisation: 'nco' });
  const digest = digestOf(`determination of ${incidentId}`);
  return {
    incidentId,
    version: 3,
    facts: {
      plannedActionAt: '2026-11-21T00:00:00Z',
      measureContemplated: 'TRUE',
      graveHarmUrgent: 'TRUE',
      nationalSecurityImpact: 'TRUE',
      communicationProtection: 'FALSE',
      noTimeForPriorApproval: 'FALSE',
      servers: [{ ref: 's1', location: 'OVERSEAS' }],
      targets: [{ ref: 't1', kind: 'GOVERNMENT' }],
    },
    claims: [],
    determination: {
      guideline: 'acd-2026-10',
      inForce: true,
      outcome: 'DETERMINED',
      nscReview: { required: 'YES', bases: ['OVERSEAS_SERVER'], possibleBases: ['OVERSEAS_SERVER'] },
      execution: [{ target: 't1', candidates: ['NPA_SOLE'] }],
      safeguards: [{ kind: 'NSC_APPROVAL' }, { kind: 'COMMISSION_APPROVAL', timing: 'PRIOR' }],
      missingFacts: [],
      because: [],
      digest,
    },
    scope: {
      determination: digest,
      measure: {
        kind: 'ADMINISTRATOR_ORDER',
        purpose: 'End the use of the server.',
        expectedEffect: 'It answers no more commands.',
        thirdPartyRisk: 'Other customers share the address.',
        alternatives: 'Blocking was tried.',
        notBefore: '2026-11-20T00:00:00Z',
        notAfter: '2026-11-27T00:00:00Z',
      },
      servers: [{ ref: 's1', address: '198.51.100.37', attacks: ['t1'], executor: 'NPA_SOLE' }],
    },
    scopeVersion: 1,
    scopeDigest: digestOf(`scope 1 of ${incidentId}`),
    proposedBy: actor('analyst-1'),
    assertedBy: [actor('analyst-1')],
    confirmedBy: actor('analyst-2'),
    confirmedAt: '2026-11-20T00:30:00Z',
    ...over,
  };
}

/** The service under test, in this process, on a database of its own and the broker of the run. */
export class Council {
  readonly clock = new TestClock();
  private running!: RunningService;
  client!: TestClient;

  private constructor(
    readonly database: TestDatabase,
    private readonly issuer: TestIssuer,
  ) {}

  static async start(roster: Roster = seed()): Promise<Council> {
    const council = new Council(await testDatabase('@sekisho/nsc-scheduling'), await testIssuer());
    await council.run(roster);
    return council;
  }

  private async run(roster: Roster): Promise<void> {
    const path = join(folderOfRun('seed'), 'members.json');
    writeFileSync(path, JSON.stringify(roster));
    const environment = await serviceEnvironment('nsc-scheduling', this.database, this.issuer);
    const config = readConfig(schedulingConfig, { ...environment, SEKISHO_SEED: path });
    this.running = await startService(scheduling(config), { overrides: [{ provide: Clock, useValue: this.clock }] });
    this.client = new TestClient(this.running.url, this.issuer);
  }

  /** Stops the service and starts it again with a consumer group that has seen nothing: every message comes once more. */
  async restart(roster: Roster = seed()): Promise<void> {
    await this.running.stop();
    await this.run(roster);
  }

  async stop(): Promise<void> {
    await this.running.stop();
    await this.issuer.stop();
    await this.database.drop();
  }

  /** Lets classification confirm a scope, and answers the review that this opens. */
  async review(over: Partial<Confirmed> = {}): Promise<{ reviewId: string; incidentId: string; scopeDigest: string }> {
    const event = confirmation(over.incidentId ?? randomUUID(), over);
    await this.send('determination-confirmed.v1', event);
    return this.reviewOf(event.incidentId, event.scopeDigest!);
  }

  send(type: string, data: { incidentId: string }, headers: Record<string, string> = {}): Promise<string> {
    return sendEvent('classification', TOPIC, type, data.incidentId, data, headers);
  }

  reviewOf(incidentId: string, scopeDigest: string) {
    const ask = async () => {
      const { body } = await this.client.call(secretary, 'GET', `/v1/reviews?incidentId=${incidentId}`);
      return (body.items as { reviewId: string; incidentId: string; scopeDigest: string; state: string }[]).find(
        (item) => item.scopeDigest === scopeDigest,
      );
    };
    return eventually(`the review of ${incidentId}`, ask, PATIENCE_MS);
  }

  /** Calls an urgent meeting on reviews and lets everybody come to it. */
  async meeting(...reviews: string[]): Promise<string> {
    const { status, body } = await this.client.call(secretary, 'POST', '/v1/meetings', { reviews, urgent: true });
    expect([status, body]).toEqual([201, expect.anything()]);
    this.clock.at = Math.max(this.clock.at, Date.parse(body.startsAt));
    const members = body.members.map(({ role }: { role: string }) => ({ role, attendance: 'PRESENT' }));
    const attended = await this.client.call(secretary, 'PUT', `/v1/meetings/${body.meetingId}/attendance`, { members });
    expect(attended.status).toBe(200);
    return body.meetingId as string;
  }

  /** The meeting as a calendar program fetches it. */
  async calendar(meetingId: string): Promise<{ type: string | null; text: string }> {
    const response = await fetch(`${this.running.url}/v1/meetings/${meetingId}.ics`, {
      headers: { authorization: `Bearer ${await this.issuer.token(secretary)}` },
    });
    return { type: response.headers.get('content-type'), text: await response.text() };
  }

  /**
   * Events about these reviews and meetings, in the order in which they were written. Services of other tests read the same topics and
   * open reviews of their own for the same incidents: so it goes by our own ids.
   */
  async events(ids: string[], count: number): Promise<SeenMessage[]> {
    const about = ({ value }: SeenMessage): boolean => {
      const { reviewId, meetingId } = value as { reviewId?: string; meetingId?: string };
      return [reviewId, meetingId].some((id) => id !== undefined && ids.includes(id));
    };
    const enough = (messages: SeenMessage[]): boolean => messages.length >= count;
    const messages = await readTopic('agency-tasking', 'nsc.reviews.v1', about, enough, PATIENCE_MS);
    return messages.toSorted((a, b) => a.headers['ce_sequence']!.localeCompare(b.headers['ce_sequence']!));
  }
}
