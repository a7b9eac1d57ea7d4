import type { Condition, KnownCondition } from '@sekisho/guideline';
import { text } from './feel.js';

/** A column of a table: what is looked at, and under which name people read it. */
export interface Column {
  readonly label: string;
  readonly expression: string;
  readonly type: string;
}

/** The column in which a condition is asked, and the test that stands in it. */
export function columnOf(condition: Condition | KnownCondition): { column: Column; cell: string } {
  if ('fact' in condition) {
    const { fact, is } = condition;
    return { column: { label: fact, expression: fact, type: 'tThreeValued' }, cell: text(is) };
  }
  if ('targets' in condition) {
    const group = condition.targets.slice('SOME_'.length);
    return truth(`some target ${group}`, `list contains(groups, ${text(group)})`);
  }
  if ('nscReview' in condition) {
    return condition.nscReview === 'REQUIRED'
      ? truth('NSC review', 'count(bases) > 0')
      : truth('NSC review, or it may be', 'nscReview.required != "NO"');
  }
  if ('measure' in condition) return truth('measure possible', 'count(possible) > 0');
  if ('execution' in condition) {
    const may = `some one in execution satisfies list contains(one.candidates, ${text(condition.execution)})`;
    return truth(`${condition.execution} may act`, may);
  }
  switch (condition.servers) {
    case 'SOME_OVERSEAS':
      return truth('some server OVERSEAS', 'list contains(locations, "OVERSEAS")');
    // Of settled servers: those that are all at home are those of which none is overseas.
    case 'ALL_DOMESTIC':
      return truth('some server OVERSEAS', 'list contains(locations, "OVERSEAS")', false);
    case 'SOME_DOMESTIC':
      return truth('some server DOMESTIC', 'list contains(locations, "DOMESTIC")');
    case 'SOME_NOT_KNOWN_DOMESTIC':
      return truth('some server not known to be DOMESTIC', 'count(notKnownDomestic) > 0');
  }
}

const truth = (label: string, expression: string, is = true) => ({
  column: { label, expression, type: 'boolean' },
  cell: String(is),
});
