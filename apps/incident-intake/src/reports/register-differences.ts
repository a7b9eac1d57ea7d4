import type { Finding, MessageCode, RegisterDifference, ReportForm } from '@sekisho/contracts';

type Compared = Pick<ReportForm, 'basis' | 'operator'>;
type Difference = (report: Compared, registered: string) => Omit<RegisterDifference, 'pointer'>;

/** Warnings that say that the register has it otherwise, and what then differs. */
const DIFFERENCES: Partial<Record<MessageCode, Difference>> = {
  'sector-differs': ({ operator }, registered) => ({ reported: operator.sector, registered }),
  'designation-differs': ({ operator }, registered) => ({ reported: String(operator.designated), registered }),
  'not-designated': ({ basis }) => ({ reported: basis, registered: 'VOLUNTARY' }),
  'duty-not-stated': ({ basis }) => ({ reported: basis, registered: 'MANDATORY' }),
};

/** In what a report differs from the register as it was at its receipt, which its warnings remember. */
export const registerDifferences = (report: Compared, warnings: readonly Finding[]): RegisterDifference[] =>
  warnings.flatMap(({ pointer, code, values }) => {
    const difference = DIFFERENCES[code];
    return difference === undefined ? [] : [{ pointer, ...difference(report, String(values?.['registered'])) }];
  });
