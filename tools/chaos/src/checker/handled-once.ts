import { type Check, differences, type Event, events, type Row, rows, type World } from './world.js';

const told = (world: World, topic: Parameters<typeof events>[1], type: RegExp): readonly Event[] =>
  events(world, topic).filter((event) => type.test(event.type));
const unique = (names: readonly string[]): string[] => [...new Set(names)];
const text = (list: readonly Row[], ...fields: string[]): string[] =>
  list.map((row) => fields.map((field) => String(row[field])).join(' '));

/** What handlers write is there once for each event, and for no other reason. */
export const handledOnce: Check = (world) => {
  const faults: string[] = [];
  let counted = 0;
  const once = (what: string, should: readonly string[], is: readonly string[]): void => {
    counted += should.length;
    faults.push(...differences(should, is, what));
  };
  const data = (list: readonly Event[]): Row[] => list.map((event) => event.data);

  const reports = text(data(told(world, 'intake.reports.v1', /^report-submitted\./)), 'reportId');
  const opened = rows(world, 'classification', 'incident_report');
  once('incidents of reports', reports, text(opened, 'report_id'));
  once('incidents', text(opened, 'incident_id'), text(rows(world, 'classification', 'incident'), 'id'));
  const classified = 'classification.determinations.v1';
  once('openings told', reports, text(data(told(world, classified, /^incident-opened\./)), 'reportId'));

  const confirmed = told(world, classified, /^determination-confirmed\./).filter(
    ({ data: { scope } }) => scope !== null,
  );
  const toReview = data(confirmed).filter(({ determination }) => determination.nscReview.required !== 'NO');
  const reviews = rows(world, 'nsc-scheduling', 'review');
  once('reviews of confirmed scopes', unique(text(toReview, 'scopeDigest')), text(reviews, 'scope_digest'));
  once('reviews told', text(reviews, 'id'), text(data(told(world, 'nsc.reviews.v1', /^review-opened\./)), 'reviewId'));
  const superseded = data(told(world, 'nsc.reviews.v1', /^review-superseded\./));
  const supersessions = rows(world, 'nsc-scheduling', 'review_supersession');
  once('supersessions told', text(supersessions, 'review_id'), text(superseded, 'reviewId'));

  const tasking = (table: string): readonly Row[] => rows(world, 'agency-tasking', table);
  once(
    'scopes known to tasking',
    confirmed.map(({ id }) => id),
    text(tasking('confirmed_scope'), 'event_id'),
  );
  const made = data(told(world, classified, /^determination-made\./));
  once(
    'determinations known to tasking',
    text(made, 'incidentId', 'version'),
    text(tasking('later_facts'), 'incident_id', 'version'),
  );
  const lapsed = data(told(world, classified, /^confirmation-lapsed\./)).filter(
    ({ scopeDigest }) => scopeDigest !== null,
  );
  const lapses = [
    ...unique(text(lapsed, 'scopeDigest')).map((scope) => `CLASSIFICATION ${scope}`),
    ...unique(text(superseded, 'scopeDigest')).map((scope) => `SCHEDULING ${scope}`),
  ];
  once('lapses known to tasking', lapses, text(tasking('scope_lapse'), 'source', 'scope_digest'));
  const decided = text(data(told(world, 'nsc.reviews.v1', /^decision-confirmed\./)), 'decisionId');
  const withdrawn = text(data(told(world, 'nsc.reviews.v1', /^decision-withdrawn\./)), 'withdrawalId');
  const ruled = text(data(told(world, 'oversight.rulings.v1', /^ruling-confirmed\./)), 'rulingId');
  // A declared urgency stands in for the ruling until there is one: it is tasking's own, under the number of its request.
  const declared = new Set(text(tasking('commission_request'), 'id'));
  const copied = tasking('evidence').filter(
    ({ id, safeguard }) => /^(NSC|COMMISSION)_APPROVAL$/.test(safeguard as string) && !declared.has(id as string),
  );
  const copiedIds = new Set(text(copied, 'id'));
  const given = [...decided, ...withdrawn, ...ruled];
  once('decisions and rulings known to tasking', given, text(copied, 'id'));
  const confirmations = text(tasking('evidence_confirmation'), 'evidence_id').filter((id) => copiedIds.has(id));
  once('their confirmations', given, confirmations);
  for (const [what, type, table] of [
    ['contests', /^fact-contested\./, 'fact_contest'],
    ['settlements', /^contest-settled\./, 'fact_contest_settlement'],
  ] as const) {
    once(
      `${what} known to tasking`,
      text(data(told(world, classified, type)), 'contestId'),
      text(tasking(table), 'contest_id'),
    );
  }
  const viewed = data([
    ...told(world, 'intake.reports.v1', /^record-viewed\./),
    ...told(world, 'classification.readings.v1', /^record-viewed\./),
  ]);
  const reading = (report: unknown, reader: Row, at: unknown): string =>
    `${String(report)} ${String(reader['person'])} ${new Date(at as string).toISOString().slice(0, 13)}`;
  // Whoever read it here and there within one hour has read it once.
  once(
    'readings known to intake',
    unique(viewed.map(({ reportId, viewedBy, viewedAt }) => reading(reportId, viewedBy as Row, viewedAt))),
    rows(world, 'incident-intake', 'report_reading').map(({ report_id, reader, read_at }) =>
      reading(report_id, reader as Row, read_at),
    ),
  );
  return { name: 'no event twice in effect', counted: `${counted} effects of events`, faults };
};
