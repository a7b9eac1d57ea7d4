import { double, finds, lose, one } from '../../test/finds.js';
import { type SmallWorld, table } from '../../test/small-world.js';
import { batchLines } from './batch-lines.js';

const line = (world: SmallWorld, wanted: string) => one(world.lines, ({ externalId }) => externalId === wanted);
const reports = (world: SmallWorld) => table(world, 'incident-intake', 'report');
const recorded = (world: SmallWorld) => table(world, 'oversight-reporting', 'recorded_event');

describe('lines of batches', () => {
  finds(batchLines, '1 batches of 5 lines, 3 accepted, 2 of them answered more than once', [
    [
      'an accepted line that is not stored',
      (world) => lose(reports(world), ({ id }) => id === 'report-0'),
      ['line no-0 of batch-1 was answered as report-0, which is not stored'],
    ],
    [
      'a line that is stored again when it is sent again',
      (world) => double(reports(world), ({ id }) => id === 'report-0', { id: 'report-9' }),
      ['line no-0 of batch-1 is stored 2 times', 'line no-0 of batch-1 is not in the record of oversight'],
    ],
    [
      'a line that nobody was answered, stored and gone no further',
      (world) => reports(world).push({ id: 'report-7', external_id: 'no-7', forwarded: true }),
      ['line no-7 of batch-1 has 0 incidents', 'line no-7 of batch-1 is not in the record of oversight'],
    ],
    [
      'two answers to one line',
      (world) => (line(world, 'no-0').answers[1]!.reportId = 'report-1'),
      [
        'line no-0 of batch-1 was answered as report-1, which is not stored',
        'line no-0 of batch-1 was answered as report-0 and report-1',
      ],
    ],
    [
      'a line that met a fault of ours',
      (world) => (line(world, 'no-8').answers[0]!.status = 500),
      ['line no-8 of batch-1 was answered 500'],
    ],
    [
      'a report that has not reached classification',
      (world) => lose(table(world, 'classification', 'incident_report'), (row) => row['report_id'] === 'report-2'),
      ['line no-2 of batch-1 has 0 incidents'],
    ],
    [
      'a report of which oversight knows nothing',
      (world) => lose(recorded(world), ({ topic, key }) => topic === 'intake.reports.v1' && key === 'report-2'),
      ['line no-2 of batch-1 is not in the record of oversight'],
    ],
  ]);
});
