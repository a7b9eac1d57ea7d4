import ICAL from 'ical.js';
import type { Meeting } from './meeting.js';

/** Japan has one offset and no summer time, so its zone is one rule. */
const TOKYO = `BEGIN:VTIMEZONE
TZID:Asia/Tokyo
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
TZNAME:JST
END:STANDARD
END:VTIMEZONE`;

const JAPAN_MS = 9 * 60 * 60 * 1000;

/** `2026-11-20T19:30:00`, local time in Japan, to the second as iCalendar has it. */
const localTime = (at: string): string => new Date(Date.parse(at) + JAPAN_MS).toISOString().slice(0, 19);

/**
 * A meeting as an iCalendar object (RFC 5545) for calendar programs. The identifier stays, the sequence is the plan's version and rises once more if the
 * meeting never takes place. It says
 * when and that the council meets, and nothing of the matter, the members or the case: calendars travel further than they should.
 */
export function calendarOf({ meetingId, version, startsAt, endsAt, closedAt, scheduledAt, urgent }: Meeting): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.updatePropertyWithValue('version', '2.0');
  calendar.updatePropertyWithValue('prodid', '-//Sekisho//nsc-scheduling//EN');
  calendar.addSubcomponent(new ICAL.Component(ICAL.parse(TOKYO)));

  const cancelled = closedAt !== null && Date.parse(closedAt) < Date.parse(startsAt);
  const event = new ICAL.Component('vevent');
  event.updatePropertyWithValue('uid', `${meetingId}@sekisho`);
  event.updatePropertyWithValue('sequence', cancelled ? version + 1 : version);
  event.updatePropertyWithValue('dtstamp', ICAL.Time.fromDateTimeString(`${scheduledAt.slice(0, 19)}Z`));
  for (const [name, at] of [
    ['dtstart', startsAt],
    ['dtend', endsAt],
  ] as const) {
    const property = event.addPropertyWithValue(name, ICAL.Time.fromDateTimeString(localTime(at)));
    property.setParameter('tzid', 'Asia/Tokyo');
  }
  event.updatePropertyWithValue('summary', urgent ? '会議（緊急） / Meeting (urgent)' : '会議 / Meeting');
  event.updatePropertyWithValue('status', cancelled ? 'CANCELLED' : 'CONFIRMED');
  event.updatePropertyWithValue('class', 'CONFIDENTIAL');
  event.updatePropertyWithValue('transp', 'OPAQUE');
  calendar.addSubcomponent(event);
  return `${calendar.toString()}\r\n`;
}
