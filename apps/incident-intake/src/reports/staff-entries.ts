import { named } from '@sekisho/identity';
import type { Entry } from './entry.js';

/** How many parameters {@link insertStaffEntries} takes. */
export const STAFF_ENTRY_PARAMETERS = 7;

/**
 * The part of a statement that says which of its reports staff have entered, how these came and of which organisation the staff are: its
 * parameters, from number `first` on, are the {@link staffEntryColumns}.
 */
export const insertStaffEntries = (first: number): string => `
  INSERT INTO report_entry (report_id, organisation_id, channel, staff_organisation, entered_at, recorded_by, correlation_id)
  SELECT * FROM unnest(${['uuid', 'text', 'text', 'text', 'timestamptz', 'text', 'text']
    .map((type, place) => `$${first + place}::${type}[]`)
    .join(', ')})`;

export function staffEntryColumns(entries: readonly Entry[]): string[][] {
  const rows = entries.flatMap(({ reportId, organisation, onBehalfOf, receivedAt, request }) => {
    if (onBehalfOf === undefined) return [];
    const { principal, correlationId } = request;
    return [
      [reportId, organisation, onBehalfOf.channel, principal.organisation, receivedAt, named(principal), correlationId],
    ];
  });
  return Array.from({ length: STAFF_ENTRY_PARAMETERS }, (_, column) => rows.map((row) => row[column]!));
}
