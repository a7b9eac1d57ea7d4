import { answer, CASE_FACTS, type Facts, guidelines } from '@sekisho/guideline';
import { flatTable, inputsOf, saidBy } from './flat-table.js';

/** Every case of one server and one target, and of two each, in which everything is known. */
function* known(): Generator<Facts> {
  const places = [['OVERSEAS'], ['DOMESTIC'], ['OVERSEAS', 'DOMESTIC']] as const;
  const kinds = [['SDF'], ['GOVERNMENT'], ['USFJ', 'PRIVATE']] as const;
  for (let bits = 0; bits < 2 ** CASE_FACTS.length; bits += 1) {
    const facts = Object.fromEntries(CASE_FACTS.map((name, at) => [name, (bits & (1 << at)) === 0 ? 'FALSE' : 'TRUE']));
    for (const locations of places) {
      for (const attacked of kinds) {
        yield {
          ...(facts as unknown as Facts),
          plannedActionAt: '2026-11-20T00:00:00Z',
          servers: locations.map((location, at) => ({ ref: `s${at}`, location })),
          targets: attacked.map((kind, at) => ({ ref: `t${at}`, kind })),
        };
      }
    }
  }
}

describe.each(guidelines)('the flat table of $id', (guideline) => {
  it('says what determine says of every known case', () => {
    const lines = flatTable(guideline);
    for (const facts of known()) {
      const inputs = inputsOf(guideline, facts);
      const holds = lines.filter(({ when }) => Object.entries(when).every(([name, is]) => inputs[name] === is));
      expect([...new Set(holds.map(({ then }) => then))].sort()).toEqual(
        saidBy(guideline, facts, answer(guideline, facts)),
      );
    }
  });
});
