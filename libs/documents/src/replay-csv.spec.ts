import { type ChangedCase, csvHeader, csvLine } from './index.js';

const none = {
  nscReview: { required: 'NO' as const, bases: [], possibleBases: [] },
  execution: [],
  safeguards: [],
  missingFacts: [],
};
const change: ChangedCase = {
  incidentId: 'a "case", with a comma',
  determinationVersion: null,
  from: { ...none, outcome: 'PROVISIONAL' },
  to: { ...none, outcome: 'NO_AUTHORITY' },
  provisions: [{ provision: 'no-authority', from: null, to: 'TRUE' }],
};

it('the table of changes has codes for programs, and at its end words for people', () => {
  expect(csvHeader().trimEnd().split(',').slice(-3)).toEqual(['provisions', 'fromInWords', 'toInWords']);
  expect(csvLine(change, 'ja')).toBe(
    '"a ""case"", with a comma",,"PROVISIONAL, review NO, nobody",NO_AUTHORITY,,,,,,,no-authority ->TRUE,暫定。国家安全保障会議の審議なし、対処できる者なし,措置の権限なし\r\n',
  );
});
