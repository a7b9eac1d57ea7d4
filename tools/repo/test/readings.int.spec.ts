import { eventually, TestClient, type TestIssuer, testIssuer, type TestPrincipal } from '@sekisho/testing';
import { type ServiceProcesses, serviceProcesses } from './service-processes.js';

const PATIENCE = 180_000;
const partner: TestPrincipal = { subject: 'p1', organisation: 'org-power', roles: ['partner'] };
const analyst: TestPrincipal = { subject: 'a1', person: 'Sato Jiro', organisation: 'org-nco', roles: ['analyst'] };

let issuer: TestIssuer;
let processes: ServiceProcesses;
let intake: TestClient, classification: TestClient;
beforeAll(async () => {
  issuer = await testIssuer();
  processes = await serviceProcesses(issuer, issuer.issuers);
  intake = new TestClient(processes.urls['incident-intake'], issuer);
  classification = new TestClient(processes.urls['classification'], issuer);
}, PATIENCE);
afterAll(async () => {
  await processes?.stop();
  await issuer?.stop();
}, 60_000);

it(
  'an organisation sees who has opened the case of its report, over Kafka from one service to the other',
  async () => {
    const submitted = await intake.call(partner, 'POST', '/v1/reports', {
      form: 'OTHER',
      stage: 'INITIAL',
      basis: 'MANDATORY',
      tlp: 'AMBER',
      title: '制御系ネットワークへの不正アクセス',
      recognisedAt: '2026-11-20T09:00:00+09:00',
      operator: { name: 'Power', sector: 'ELECTRICITY', designated: true },
      contact: { name: '山田 花子', email: 'h.yamada@power.example' },
      consent: { forward: true },
    });
    expect(submitted.status).toBe(202);
    const { reportId } = submitted.body;
    const incident = await eventually(
      'the incident',
      async () => (await classification.call(analyst, 'GET', `/v1/incidents?reportId=${reportId}`)).body.items[0],
      60_000,
    );
    const readings = async () => (await intake.call(partner, 'GET', `/v1/reports/${reportId}/readings`)).body;
    expect(await readings()).toEqual({ items: [], next: null });
    expect((await classification.call(analyst, 'GET', `/v1/incidents/${incident.incidentId}`)).status).toBe(200);
    const [reading] = await eventually(
      'the reading',
      async () => {
        const { items } = await readings();
        return items.length > 0 && items;
      },
      60_000,
    );
    expect(reading).toEqual({ readAt: expect.any(String), organisation: 'org-nco', roles: ['analyst'] });
    const status = await intake.call(partner, 'GET', `/v1/reports/${reportId}/status`);
    expect([status.body.state, JSON.stringify(status.body).includes(incident.incidentId)]).toEqual([
      'READ_BY_ANALYSTS',
      false,
    ]);
  },
  PATIENCE,
);
