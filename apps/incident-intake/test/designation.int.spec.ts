import type { ReportForm } from '@sekisho/contracts';
import { Clock } from '@sekisho/service';
import { hospital, type IntakeRig, startIntake } from './intake-rig.js';
import { changeOf, twoPeople } from './register-changes.js';
import { sampleReport } from './sample-report.js';

const clock = Object.assign(new Clock(), { at: new Date('2026-11-26T10:00:00+09:00'), now: () => clock.at });

let rig: IntakeRig;
beforeAll(async () => {
  rig = await startIntake({ overrides: [{ provide: Clock, useValue: clock }] });
  await twoPeople(
    rig,
    '/v1/organisations/org-hospital/changes',
    changeOf({ sector: 'HEALTHCARE', designated: true, designatedSince: '2026-12-01' }),
  );
});
afterAll(() => rig?.stop());

const report = (over: Partial<ReportForm>): ReportForm =>
  sampleReport({ recognisedAt: '2026-11-25T06:40:00+09:00', ...over });
const warnedOf = async (basis: ReportForm['basis'], designated: boolean): Promise<string[]> => {
  const operator = { ...sampleReport().operator, designated };
  const { body } = await rig.submit(report({ basis, operator }), hospital);
  return body.warnings.map(({ code }: { code: string }) => code).filter((code: string) => code !== 'deadline-passed');
};

it.each<[string, boolean]>([
  ['2026-11-30T23:59:59.999+09:00', false],
  ['2026-12-01T00:00:00.000+09:00', true],
])('a report that comes in at %s is one of a designated organisation: %p', async (at, designated) => {
  clock.at = new Date(at);
  const wrong = {
    basis: designated ? 'VOLUNTARY' : 'MANDATORY',
    code: designated ? 'duty-not-stated' : 'not-designated',
  } as const;
  const right = designated ? 'MANDATORY' : 'VOLUNTARY';
  expect(await warnedOf(right, designated)).toEqual([]);
  expect(await warnedOf(right, !designated)).toEqual(['designation-differs']);
  expect(await warnedOf(wrong.basis, designated)).toEqual([wrong.code]);
});

it('what differs goes with the report, as it was at its receipt, also where it is released later', async () => {
  clock.at = new Date('2026-11-30T12:00:00+09:00');
  const operator = { ...sampleReport().operator, sector: 'GAS', designated: true } as const;
  const { body } = await rig.submit(report({ operator, consent: { forward: false } }), hospital);
  clock.at = new Date('2026-12-02T12:00:00+09:00');
  await rig.client.call(hospital, 'PUT', `/v1/reports/${body.reportId}/consent`, { forward: true });
  const [event] = await rig.database.query<{ data: Record<string, unknown> }>(
    'superuser',
    `SELECT data::jsonb FROM outbox WHERE key = $1 AND type = 'report-submitted.v1'`,
    [body.reportId],
  );
  expect(event!.data['registerDifferences']).toEqual([
    { pointer: '/operator/designated', reported: 'true', registered: 'false' },
    { pointer: '/operator/sector', reported: 'GAS', registered: 'HEALTHCARE' },
  ]);
});
