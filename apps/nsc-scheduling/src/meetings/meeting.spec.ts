import ICAL from 'ical.js';
import { aDecision, aMeeting, aReview, at, entry, NOW, UNCONFIRMED } from '../../test/builders.js';
import { calendarOf } from './meeting-calendar.js';
import { agendaFaults, agendaRefusal, attendanceFaults, attendanceRefusal, isDone, replanRefusal } from './meeting.js';

describe('an agenda', () => {
  it('names the reviews that do not exist', () => {
    expect(agendaFaults(['r0', 'r1', 'r2'], [aReview()]).map(({ pointer }) => pointer)).toEqual([
      '/reviews/0',
      '/reviews/2',
    ]);
  });

  const pending = aReview({ meetings: [entry()] });
  it.each([
    ['open', aReview(), null, undefined],
    ['superseded', aReview({ supersededAt: at(-1) }), null, 'stale-scope'],
    ['decided', aReview({ decisions: [aDecision()] }), null, 'illegal-transition'],
    ['on the agenda of another meeting', pending, null, 'illegal-transition'],
    ['on the agenda of this meeting', pending, 'm1', undefined],
    [
      'on the agenda of a meeting that ended without deciding',
      aReview({ meetings: [entry(aMeeting({ endsAt: at(0) }))] }),
      null,
      undefined,
    ],
    ['deferred', aReview({ meetings: [entry()], decisions: [aDecision({ outcome: 'DEFERRED' })] }), null, undefined],
  ])('of a review that is %s', (_, review, own, code) => {
    expect(agendaRefusal([aReview({ reviewId: 'r0' }), review], own, NOW)?.code).toBe(code);
  });

  it('is done when each review is decided, deferred by this meeting, or superseded', () => {
    const done = [aReview({ decisions: [aDecision({ outcome: 'DEFERRED' })] }), aReview({ supersededAt: at(-1) })];
    expect(isDone('m1', done)).toBe(true);
    expect(isDone('m1', [...done, aReview({ decisions: [aDecision(UNCONFIRMED)] })])).toBe(false);
  });
});

describe('planning a meeting anew', () => {
  it('is possible until it begins', () => {
    expect(replanRefusal(aMeeting({ startsAt: at(1) }), NOW)).toBeNull();
    expect(replanRefusal(aMeeting({ startsAt: at(0) }), NOW)?.code).toBe('illegal-transition');
    expect(replanRefusal(aMeeting({ startsAt: at(1), closedAt: at(-1) }), NOW)?.code).toBe('illegal-transition');
  });
});

describe('attendance', () => {
  const line = (role: string) => ({ role, attendance: 'PRESENT' as const });

  it('names everybody who was called, and nobody else', () => {
    const faults = (...roles: string[]) =>
      attendanceFaults(aMeeting(), { members: roles.map(line) }).map(({ pointer, code }) => [pointer, code]);
    expect(faults('B', 'A')).toEqual([]);
    expect(faults('A', 'C')).toEqual([
      ['/members/1/role', 'unknown-member'],
      ['/members', 'missing-member'],
    ]);
  });

  it('is not recorded before the meeting began, nor changed under a confirmed decision', () => {
    expect(attendanceRefusal(aMeeting({ startsAt: at(0) }), [aReview()], NOW)).toBeNull();
    expect(attendanceRefusal(aMeeting({ startsAt: at(1) }), [aReview()], NOW)?.code).toBe('illegal-transition');
    const waiting = aReview({ decisions: [aDecision(UNCONFIRMED)] });
    expect(attendanceRefusal(aMeeting(), [waiting], NOW)).toBeNull();
    expect(attendanceRefusal(aMeeting(), [aReview({ decisions: [aDecision()] })], NOW)?.code).toBe(
      'illegal-transition',
    );
    expect(attendanceRefusal(aMeeting({ closedAt: at(-1) }), [aReview()], NOW)?.code).toBe('illegal-transition');
  });
});

describe('a meeting for calendar programs', () => {
  const parsed = (text: string) => new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent')!;
  const value = (text: string, name: string) => String(parsed(text).getFirstPropertyValue(name));

  it('is in Japan’s time, under an identifier that stays and a sequence that rises', () => {
    const first = calendarOf(aMeeting());
    expect(first).toMatch(/^BEGIN:VCALENDAR\r\n[^]*\r\nEND:VCALENDAR\r\n$/);
    expect(first).toContain('DTSTART;TZID=Asia/Tokyo:20261120T095000\r\n');
    expect(first).toContain('DTEND;TZID=Asia/Tokyo:20261120T102000\r\n');
    expect(first).toContain('BEGIN:VTIMEZONE\r\nTZID:Asia/Tokyo\r\n');
    expect(value(first, 'dtstamp')).toBe('2026-11-20T00:30:00Z');
    const second = calendarOf(aMeeting({ version: 2 }));
    expect([value(first, 'uid'), value(first, 'sequence')]).toEqual(['m1@sekisho', '1']);
    expect([value(second, 'uid'), value(second, 'sequence')]).toEqual(['m1@sekisho', '2']);
    expect(Math.max(...first.split('\r\n').map((row) => Buffer.byteLength(row)))).toBeLessThanOrEqual(75);
  });

  it('says nothing of the matter', () => {
    expect(
      parsed(calendarOf(aMeeting()))
        .toJSON()[1]
        .map(([name]: [string]) => name)
        .toSorted(),
    ).toEqual(['class', 'dtend', 'dtstamp', 'dtstart', 'sequence', 'status', 'summary', 'transp', 'uid']);
    expect(value(calendarOf(aMeeting()), 'summary')).toBe('会議（緊急） / Meeting (urgent)');
  });

  it('is cancelled where it never takes place, and not where it only ended early', () => {
    const never = calendarOf(aMeeting({ startsAt: at(60), endsAt: at(90), closedAt: at(0) }));
    expect([value(never, 'status'), value(never, 'sequence')]).toEqual(['CANCELLED', '2']);
    expect(value(calendarOf(aMeeting({ closedAt: at(0) })), 'status')).toBe('CONFIRMED');
  });
});
