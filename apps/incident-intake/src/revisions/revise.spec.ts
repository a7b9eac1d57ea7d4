import { intakeEvents, type ReportForm } from '@sekisho/contracts';
import { sampleReport } from '../../test/sample-report.js';
import { stateOf, storedRevision } from '../../test/report-states.js';
import { refuseUnread } from './etag.js';
import { heldBackEvent, leavingEvent, revisionRefusal } from './revise.js';
import type { ReportState } from './report-state.js';

const organisation = {
  id: 'o',
  nameJa: 'o',
  nameEn: 'o',
  sector: 'HEALTHCARE',
  designated: false,
  designatedSince: null,
} as const;
const withdrawal = { revision: 1, reason: 'r', withdrawnAt: '2026-11-23T01:00:00.000Z' };

describe('a revision', () => {
  it.each<[string, ReportState, Partial<ReportForm>, string | undefined]>([
    ['a follow-up', stateOf(), { stage: 'FOLLOW_UP' }, undefined],
    ['another follow-up', stateOf({ stage: 'FOLLOW_UP' }), { stage: 'FOLLOW_UP' }, undefined],
    ['a final report at once', stateOf(), { stage: 'FINAL' }, undefined],
    ['a correction of the first', stateOf(), {}, 'The date was wrong.'],
    ['a correction of the final one', stateOf({ stage: 'FINAL' }, { closed: true }), { stage: 'FINAL' }, 'Wrong.'],
    ['other times, with a reason', stateOf(), { stage: 'FINAL', recognisedAt: '2026-11-22T07:00:00+09:00' }, 'Wrong.'],
    [
      'the same time, written otherwise',
      stateOf(),
      { stage: 'FINAL', recognisedAt: '2026-11-21T21:40:00Z' },
      undefined,
    ],
    ['the same number of its own', stateOf({ externalId: 'n' }), { stage: 'FINAL', externalId: 'n' }, undefined],
    ['no number of its own: the path has it', stateOf({ externalId: 'n' }), { stage: 'FINAL' }, undefined],
    ['a duty that is found out', stateOf(), { stage: 'FOLLOW_UP', basis: 'MANDATORY' }, undefined],
    ['another form', stateOf({ form: 'OTHER' }), { stage: 'FOLLOW_UP', form: 'RANSOMWARE' }, undefined],
    [
      'what a mandatory report says of consent',
      stateOf({ basis: 'MANDATORY' }),
      { basis: 'MANDATORY', stage: 'FINAL', consent: { forward: false } },
      undefined,
    ],
  ])('may be %s', (_, state, change, reason) => {
    expect(revisionRefusal(state, sampleReport(change), reason)).toBeNull();
  });

  it.each<[string, ReportState, Partial<ReportForm>, string | undefined, string, string[]]>([
    ['after a withdrawal', stateOf({}, { withdrawal }), { stage: 'FINAL' }, 'r', 'illegal-transition', []],
    [
      'after the final one, without a reason',
      stateOf({ stage: 'FINAL' }, { closed: true }),
      { stage: 'FINAL' },
      undefined,
      'illegal-transition',
      ['/reason'],
    ],
    ['INITIAL again without a reason', stateOf(), {}, undefined, 'invalid-request', ['/reason']],
    [
      'of other times without a reason',
      stateOf(),
      { stage: 'FINAL', recognisedAt: '2026-11-22T07:00:00+09:00' },
      undefined,
      'invalid-request',
      ['/reason'],
    ],
    [
      'with another number of its own, even with a reason',
      stateOf({ externalId: 'n' }),
      { stage: 'FINAL', externalId: 'm' },
      'r',
      'conflict',
      ['/externalId'],
    ],
    ['with a number of its own now', stateOf(), { stage: 'FINAL', externalId: 'm' }, 'r', 'conflict', ['/externalId']],
    ['that ends a duty', stateOf({ basis: 'MANDATORY' }), { stage: 'FINAL' }, 'r', 'conflict', ['/basis']],
    [
      'with another consent',
      stateOf(),
      { stage: 'FINAL', consent: { forward: false } },
      'r',
      'conflict',
      ['/consent/forward'],
    ],
    [
      'with the consent of before it was withdrawn',
      stateOf({}, { consent: { forward: false, statedAt: '2026-11-23T01:00:00.000Z', version: 1 } }),
      { stage: 'FINAL' },
      undefined,
      'conflict',
      ['/consent/forward'],
    ],
  ])('is refused %s', (_, state, change, reason, code, pointers) => {
    const refusal = revisionRefusal(state, sampleReport(change), reason);
    const errors = (refusal?.extensions['errors'] ?? []) as { pointer: string }[];
    expect([refusal?.code, errors.map(({ pointer }) => pointer)]).toEqual([code, pointers]);
  });

  it.each<[string | undefined, string | null]>([
    ['"2"', null],
    [' "1", "2" ', null],
    [undefined, 'precondition-required'],
    ['', 'precondition-required'],
    ['*', 'precondition-required'],
    ['"1"', 'precondition-failed'],
    ['W/"2"', 'precondition-failed'],
    ['2', 'precondition-failed'],
  ])('of revision 2, with If-Match %p: %s', (ifMatch, code) => {
    let told: string | null = null;
    try {
      refuseUnread(2, ifMatch);
    } catch (error) {
      told = (error as { code: string }).code;
    }
    expect(told).toBe(code);
  });
});

describe('what leaves', () => {
  const second = storedRevision(
    { stage: 'FINAL' },
    { revision: 2, previousDigest: `sha256:${'b'.repeat(64)}`, reason: 'r' },
  );

  it('is the revision of a report that went out, as its contract says, without the person to contact', () => {
    const { type, data } = leavingEvent(stateOf(), second, organisation);
    expect(type).toBe('report-revised.v1');
    expect(intakeEvents['report-revised.v1'].parse(data)).toEqual(data);
    expect(JSON.stringify(data)).not.toContain(second.report.contact!.email);
  });

  it('is the report itself where nothing of it went out before', () => {
    const state = stateOf({ consent: { forward: false } });
    const { type, data } = leavingEvent(state, { ...second, receivedAt: '2026-12-01T00:00:00.000Z' }, organisation);
    expect(type).toBe('report-submitted.v1');
    expect(intakeEvents['report-submitted.v1'].parse(data)).toEqual(data);
    expect(data).toMatchObject({ revision: 2, released: true, receivedAt: state.receivedAt });
  });

  it('is a digest and no more where it is held back', () => {
    const { data } = heldBackEvent(stateOf().reportId, second);
    expect(Object.keys(data).sort()).toEqual(['digest', 'previousDigest', 'receivedAt', 'reportId', 'revision']);
  });
});
