import { type Check, events, grouped, type Row, rows } from './world.js';

/** Outcomes after which a review comes back; any other ends it. */
const COMES_BACK = ['RETURNED', 'DEFERRED'];

const at = (row: Row, field: string): number => Date.parse(row[field] as string);

/** Reviews and meetings went their legal way: called, begun, attended, decided by two, and over. */
export const councilHistories: Check = (world) => {
  const council = (table: string): readonly Row[] => rows(world, 'nsc-scheduling', table);
  const faults: string[] = [];
  const plans = grouped(council('meeting_plan'), ({ meeting_id }) => String(meeting_id));
  for (const [id, all] of plans) {
    const versions = all.map(({ version }) => Number(version)).sort((a, b) => a - b);
    if (versions.some((version, index) => version !== index + 1))
      faults.push(`meeting ${id} was planned as ${versions.join(', ')}`);
  }
  for (const attendance of council('attendance')) {
    if (at(attendance, 'recorded_at') < at(attendance, 'starts_at')) {
      faults.push(`meeting ${attendance['meeting_id']}: attendance was recorded before it began`);
    }
  }
  const decisions = new Map(council('decision').map((decision) => [String(decision['id']), decision]));
  const confirmed = council('decision_confirmation');
  for (const confirmation of confirmed) {
    const decision = decisions.get(String(confirmation['decision_id']));
    if (!decision) faults.push(`decision ${confirmation['decision_id']} was confirmed and never recorded`);
    else if (decision['outcome'] !== confirmation['outcome'])
      faults.push(`decision ${decision['id']} was confirmed as another`);
  }
  for (const [review, all] of grouped(confirmed, ({ review_id, round }) => `${review_id}, round ${round},`)) {
    const ended = all.filter(({ outcome }) => !COMES_BACK.includes(outcome as string));
    if (ended.length > 1) faults.push(`review ${review} was decided ${ended.length} times`);
  }
  const told = events(world, 'nsc.reviews.v1');
  for (const [incident, all] of grouped(
    told.filter(({ type }) => !/^(meeting|attendance)-/.test(type)),
    ({ message }) => message.key,
  )) {
    faults.push(
      ...outOfTurn(
        incident,
        all.map(({ type, data }) => ({ type, data })),
      ),
    );
  }
  const booked = grouped(
    council('booking').filter((row) => at(row, 'starts_at') < at(row, 'ends_at')),
    ({ role }) => String(role),
  );
  for (const [role, all] of booked) {
    const sorted = [...all].sort((a, b) => at(a, 'starts_at') - at(b, 'starts_at'));
    if (sorted.some((row, index) => index > 0 && at(row, 'starts_at') < at(sorted[index - 1]!, 'ends_at'))) {
      faults.push(`${role} sits in two meetings at once`);
    }
  }
  const reviews = council('review').length;
  const counted = `${reviews} reviews, ${plans.size} meetings, ${confirmed.length} confirmed decisions`;
  return { name: 'reviews and meetings went their legal way', counted, faults };
};

/** A review's events: opened first, recorded before confirmed, nothing decided once it is superseded. */
function outOfTurn(incident: string, all: readonly { type: string; data: Row }[]): string[] {
  const opened = new Set<string>();
  const superseded = new Set<string>();
  const recorded = new Set<string>();
  return all.flatMap(({ type, data }) => {
    const review = String(data['reviewId']);
    const wrong = (what: string): string[] => [`incident ${incident}: ${type} of review ${review} ${what}`];
    if (type.startsWith('review-opened.')) {
      if (opened.has(review)) return wrong('for the second time');
      opened.add(review);
      return [];
    }
    if (!opened.has(review)) return wrong('before it was opened');
    if (type.startsWith('review-superseded.')) {
      if (superseded.has(review)) return wrong('for the second time');
      superseded.add(review);
      return [];
    }
    if (superseded.has(review)) return wrong('after it was superseded');
    if (type.startsWith('decision-confirmed.') && !recorded.has(data['decisionId'] as string))
      return wrong('that nobody recorded');
    recorded.add(data['decisionId'] as string);
    return [];
  });
}
