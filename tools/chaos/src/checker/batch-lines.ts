import { type Check, grouped, rows, type SentLine, type World } from './world.js';

const REPORTS = 'intake.reports.v1';

/** Each line of a batch that was answered is stored once, however often it was sent; none is stored twice; what is stored has gone on. */
export const batchLines: Check = (world) => {
  const stored = grouped(rows(world, 'incident-intake', 'report'), (row) => String(row['external_id']));
  const opened = grouped(rows(world, 'classification', 'incident_report'), (row) => String(row['report_id']));
  const recorded = new Set(
    rows(world, 'oversight-reporting', 'recorded_event')
      .filter(({ topic }) => topic === REPORTS)
      .map(({ key }) => String(key)),
  );
  const faults = world.lines.flatMap((line) => {
    const said = (fault: string): string => `line ${line.externalId} of ${line.batch} ${fault}`;
    const kept = stored.get(line.externalId) ?? [];
    const ids = kept.map(({ id }) => String(id));
    return [
      ...(kept.length > 1 ? [said(`is stored ${kept.length} times`)] : []),
      ...promised(line, ids).map(said),
      ...kept.flatMap(({ id, forwarded }) => {
        const cases = opened.get(String(id))?.length ?? 0;
        return [
          ...(cases === (forwarded ? 1 : 0) ? [] : [said(`has ${cases} incidents`)]),
          ...(recorded.has(String(id)) ? [] : [said('is not in the record of oversight')]),
        ];
      }),
    ];
  });
  return { name: 'each line of a batch has one report', counted: counted(world), faults };
};

function promised({ answers }: SentLine, ids: readonly string[]): string[] {
  const accepted = [...new Set(answers.filter(({ status }) => status === 202).map(({ reportId }) => String(reportId)))];
  const broke = answers.filter(({ status }) => status >= 500 && status !== 503);
  return [
    ...accepted.filter((id) => !ids.includes(id)).map((id) => `was answered as ${id}, which is not stored`),
    ...(accepted.length > 1 ? [`was answered as ${accepted.join(' and ')}`] : []),
    ...broke.map(({ status }) => `was answered ${status}`),
  ];
}

function counted({ lines }: World): string {
  const accepted = lines.filter(({ answers }) => answers.some(({ status }) => status === 202));
  const again = accepted.filter(({ answers }) => answers.length > 1);
  const batches = new Set(lines.map(({ batch }) => batch)).size;
  return `${batches} batches of ${lines.length} lines, ${accepted.length} accepted, ${again.length} of them answered more than once`;
}
