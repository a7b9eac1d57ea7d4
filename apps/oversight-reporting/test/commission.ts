import { Clock, readConfig, type RunningService, startService } from '@sekisho/service';
import {
  type ConfirmedCase,
  confirmedCase,
  eventually,
  sendEvent,
  serviceEnvironment,
  TestClient,
  type TestDatabase,
  testDatabase,
  type TestIssuer,
  testIssuer,
  type TestPrincipal,
} from '@sekisho/testing';
import { oversightConfig, oversightReporting } from '../src/app.module.js';
import { type Asked, asked } from './cases.js';

export const person = (name: string, role: TestPrincipal['roles'][number], human = name): TestPrincipal => ({
  subject: name,
  person: human,
  organisation: 'org-commission',
  roles: [role],
});
export const member1 = person('member-1', 'commission');
/** The same human as the first member, by another client. */
export const member1Elsewhere = person('member-1-tablet', 'commission', 'member-1');
export const member2 = person('member-2', 'commission');
export const operator = person('operator', 'operator');
export const tasking = person('svc-agency-tasking', 'service');

/** The commission's service under test, on a database and a consumer group of its own. */
export class Commission {
  /** What the service's clock says; the machine's where nothing is set. */
  now: Date | undefined;

  private constructor(
    readonly database: TestDatabase,
    readonly issuer: TestIssuer,
    readonly service: RunningService,
    readonly client: TestClient,
  ) {}

  static async open(): Promise<Commission> {
    const [database, issuer] = await Promise.all([testDatabase('@sekisho/oversight-reporting'), testIssuer()]);
    const environment = await serviceEnvironment('oversight-reporting', database, issuer);
    const clock = { now: (): Date => commission?.now ?? new Date() };
    let commission: Commission | undefined = undefined as Commission | undefined;
    const definition = oversightReporting(readConfig(oversightConfig, environment));
    const service = await startService(definition, { overrides: [{ provide: Clock, useValue: clock }] });
    commission = new Commission(database, issuer, service, new TestClient(service.url, issuer));
    return commission;
  }

  async close(): Promise<void> {
    await this.service.stop();
    await this.issuer.stop();
    await this.database.drop();
  }

  /** Publishes a confirmed case and a request about it, and waits until the commission has both. */
  async request(timing: Asked['timing'] = 'PRIOR'): Promise<{ known: ConfirmedCase; request: Asked }> {
    const known = confirmedCase();
    const request = asked(known, timing);
    await this.confirm(known);
    await sendEvent('agency-tasking', 'tasking.decisions.v1', 'commission-requested.v1', known.incidentId, request);
    await this.recorded(known.incidentId, 2);
    return { known, request };
  }

  async confirm(known: ConfirmedCase, headers?: Record<string, string>): Promise<void> {
    const topic = 'classification.determinations.v1';
    await sendEvent('classification', topic, 'determination-confirmed.v1', known.incidentId, known, headers);
  }

  async lapse({ incidentId, scopeDigest, determination }: ConfirmedCase): Promise<void> {
    const data = {
      incidentId,
      digest: determination.digest,
      scopeDigest,
      reason: 'FACTS_CHANGED',
      lapsedAt: new Date().toISOString(),
    };
    await sendEvent('classification', 'classification.determinations.v1', 'confirmation-lapsed.v1', incidentId, data);
  }

  /** What was recorded of a case; without the reviews that another test's scheduling opens on whatever is confirmed. */
  async events(key: string): Promise<{ type: string; event_id: string }[]> {
    return this.database.query(
      'owner',
      `SELECT type, event_id FROM recorded_event WHERE key = $1 AND topic <> 'nsc.reviews.v1' ORDER BY position`,
      [key],
    );
  }

  recorded(key: string, count: number): Promise<boolean> {
    return eventually('the events', async () => (await this.events(key)).length >= count, 40_000);
  }

  post(by: TestPrincipal | null, path: string, body: unknown = {}, headers: Record<string, string> = {}) {
    return this.client.call(by, 'POST', path, body, headers);
  }

  get(by: TestPrincipal | null, path: string) {
    return this.client.call(by, 'GET', path);
  }

  standing({ incidentId, scopeDigest }: ConfirmedCase) {
    return this.get(tasking, `/v1/standing?${new URLSearchParams({ incidentId, scopeDigest })}`);
  }
}
