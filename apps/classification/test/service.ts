import { readConfig, type RunningService, startService } from '@sekisho/service';
import {
  eventually,
  readTopic,
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
import { classification, classificationConfig } from '../src/app.module.js';
import { type Submitted, submitted } from './builders.js';

const official = (subject: string, role: TestPrincipal['roles'][number], person = subject): TestPrincipal => ({
  subject,
  person,
  organisation: 'org-nco',
  roles: [role],
});
export const aoki = official('aoki', 'analyst');
/** The same human as aoki, by another client. */
export const aokiElsewhere = official('aoki-tablet', 'analyst', 'aoki');
export const baba = official('baba', 'analyst');
export const operator = official('operator', 'operator');
export const tasking = official('svc-agency-tasking', 'service');
export const officer = official('officer', 'tasking-officer');
export const partner = official('partner', 'partner');

/** The service in this process, on a database and a consumer group of its own, with what a test asks of it. */
export interface Fixture {
  readonly client: TestClient;
  readonly database: TestDatabase;
  report(report?: Partial<Submitted['report']>, over?: Partial<Submitted>): Promise<string>;
  /** Sends a report and waits for its incident. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- an answer, as a test expects it
  incident(report?: Partial<Submitted['report']>, over?: Partial<Submitted>): Promise<any>;
  incidentsOf(reportId: string): Promise<{ incidentId: string }[]>;
  claim(incidentId: string, fact: string, value: string, by?: TestPrincipal, setsAside?: string[]): Promise<string>;
  events(incidentId: string, count: number): Promise<SeenMessage[]>;
  stop(): Promise<void>;
}

/** For `beforeAll`, in milliseconds. */
export const START_PATIENCE = 180_000;

export async function startFixture(): Promise<Fixture> {
  const [database, issuer]: [TestDatabase, TestIssuer] = await Promise.all([
    testDatabase('@sekisho/classification'),
    testIssuer(),
  ]);
  const environment = await serviceEnvironment('classification', database, issuer);
  const definition = classification(readConfig(classificationConfig, environment));
  const service: RunningService = await startService(definition);
  const client = new TestClient(service.url, issuer);

  const report: Fixture['report'] = async (over, envelope) => {
    const data = submitted(over, envelope);
    await sendEvent('incident-intake', 'intake.reports.v1', 'report-submitted.v1', data.reportId, data);
    return data.reportId;
  };
  const incidentsOf: Fixture['incidentsOf'] = async (reportId) => {
    const answer = await client.call(aoki, 'GET', `/v1/incidents?reportId=${reportId}`);
    expect(answer).toMatchObject({ status: 200 });
    return answer.body.items;
  };
  const opened = async (patience: number, ...[over, envelope]: Parameters<Fixture['incident']>) => {
    const reportId = await report(over, envelope);
    const [found] = await eventually(
      'the incident',
      async () => {
        const items = await incidentsOf(reportId);
        return items.length > 0 && items;
      },
      patience,
    );
    return (await client.call(aoki, 'GET', `/v1/incidents/${found!.incidentId}`)).body;
  };
  await opened(START_PATIENCE / 2);
  return {
    client,
    database,
    report,
    incidentsOf,
    incident: (over, envelope) => opened(30_000, over, envelope),
    claim: async (incidentId, fact, value, by = aoki, setsAside) => {
      const body = { fact, value, note: 'assessed', ...(setsAside ? { setsAside } : {}) };
      const answer = await client.call(by, 'POST', `/v1/incidents/${incidentId}/claims`, body);
      expect(answer).toMatchObject({ status: 201 });
      return answer.body.claimId as string;
    },
    events: (incidentId, count) =>
      readTopic(
        'nsc-scheduling',
        'classification.determinations.v1',
        ({ key }) => key === incidentId,
        (seen) => seen.length >= count,
      ),
    stop: async () => {
      await service.stop();
      await issuer.stop();
      await database.drop();
    },
  };
}
