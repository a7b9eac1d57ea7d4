import { stateOf, storedRevision } from '../../test/report-states.js';
import type { ReportState } from './report-state.js';
import { stateConsent } from './state-consent.js';

const organisation = {
  id: 'o',
  nameJa: 'o',
  nameEn: 'o',
  sector: 'HEALTHCARE',
  designated: false,
  designatedSince: null,
} as const;
const AT = '2026-11-24T01:00:00.000Z';
const stated = (forward: boolean) => ({ forward, statedAt: AT, version: 1 });
const withheld = stateOf({ consent: { forward: false } });
const stopped = stateOf({}, { consent: stated(false) });
const second = storedRevision({ stage: 'FOLLOW_UP' }, { revision: 2, previousDigest: `sha256:${'b'.repeat(64)}` });

describe('a statement of consent', () => {
  it.each<[string, ReportState, boolean, string, string[]]>([
    ['releases what was withheld, once', withheld, true, 'RELEASED', ['report-submitted.v1']],
    ['leaves withheld what is withheld', withheld, false, 'UNCHANGED', []],
    ['leaves going what goes', stateOf(), true, 'UNCHANGED', []],
    ['stops what has not gone, and is passed on', stateOf(), false, 'STOPPED', ['consent-withdrawn.v1']],
    ['that is given again is passed on', stopped, true, 'RECORDED', ['consent-given.v1']],
    [
      'that is given again releases what was held back',
      { ...stopped, latest: second },
      true,
      'RELEASED',
      ['consent-given.v1', 'report-revised.v1'],
    ],
    ['means nothing for a mandatory report', stateOf({ basis: 'MANDATORY' }), false, 'NO_EFFECT', []],
  ])('%s', (_, state, forward, effect, events) => {
    const statement = stateConsent(state, { forward }, organisation, AT);
    expect([statement.effect, statement.events.map(({ type }) => type)]).toEqual([effect, events]);
    expect(statement.changes).toBe(state.consent.forward !== forward);
    expect(statement.releases).toBe(effect === 'RELEASED');
  });
});
