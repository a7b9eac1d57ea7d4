import { type StatusFacts, statusOf } from './report-status.js';

const AT = (hour: number): string => `2026-11-25T${String(hour).padStart(2, '0')}:00:00.000Z`;
const facts = (over: Partial<StatusFacts> = {}): StatusFacts => ({
  reportId: '01936f00-0000-7000-8000-000000000001',
  receivedAt: AT(1),
  mandatory: false,
  goneAt: AT(1),
  consents: [],
  readAt: null,
  questions: [],
  closedAt: null,
  withdrawnAt: null,
  ...over,
});
const asked = (over: Partial<StatusFacts['questions'][number]> = {}) => ({
  askedAt: AT(3),
  answerBy: null,
  answeredAt: null,
  ...over,
});

describe('the status of a report', () => {
  it.each<[string, Partial<StatusFacts>, string, number]>([
    ['passed on when it came', {}, 'PASSED_ON', 1],
    ['without consent', { goneAt: null }, 'HELD_BACK', 1],
    ['with consent given later', { goneAt: AT(2), consents: [{ forward: true, at: AT(2) }] }, 'PASSED_ON', 2],
    ['with consent taken back', { consents: [{ forward: false, at: AT(2) }] }, 'HELD_BACK', 2],
    [
      'with consent given again',
      {
        consents: [
          { forward: false, at: AT(2) },
          { forward: true, at: AT(4) },
        ],
      },
      'PASSED_ON',
      4,
    ],
    [
      'mandatory, whatever was consented to',
      { mandatory: true, consents: [{ forward: false, at: AT(2) }] },
      'PASSED_ON',
      1,
    ],
    ['read', { readAt: AT(2) }, 'READ_BY_ANALYSTS', 2],
    ['asked about', { readAt: AT(2), questions: [asked()] }, 'QUESTION_OPEN', 3],
    ['asked about and answered', { questions: [asked({ answeredAt: AT(4) })] }, 'ANSWERED', 4],
    ['read again after an answer', { readAt: AT(5), questions: [asked({ answeredAt: AT(4) })] }, 'READ_BY_ANALYSTS', 5],
    [
      'with one question open of two',
      { questions: [asked({ answeredAt: AT(4) }), asked({ askedAt: AT(5) })] },
      'QUESTION_OPEN',
      5,
    ],
    ['final', { readAt: AT(7), closedAt: AT(6) }, 'CLOSED', 6],
    ['final, and asked about', { closedAt: AT(6), questions: [asked({ askedAt: AT(7) })] }, 'QUESTION_OPEN', 7],
    [
      'asked about, and held back since',
      { questions: [asked()], consents: [{ forward: false, at: AT(4) }] },
      'HELD_BACK',
      4,
    ],
    ['withdrawn, whatever else', { closedAt: AT(6), questions: [asked()], withdrawnAt: AT(8) }, 'WITHDRAWN', 8],
  ])('%s', (_, over, state, since) => {
    expect(statusOf(facts(over), 'en')).toMatchObject({ state, since: AT(since) });
  });

  it('tells what happened in its order, in words, and what can be done', () => {
    const of = facts({ readAt: AT(2), questions: [asked({ answerBy: '2026-12-01T14:59:59.000Z' })] });
    const japanese = statusOf(of, 'ja');
    expect(japanese.history.map(({ state }) => state)).toEqual([
      'RECEIVED',
      'PASSED_ON',
      'READ_BY_ANALYSTS',
      'QUESTION_OPEN',
    ]);
    expect(japanese.text).toBe('分析官から質問が届いています。');
    expect(japanese.next).toBe('令和8年12月1日(火)までに POST …/answers で質問に回答してください。');
    expect(statusOf(of, 'en').next).toBe('Answer the question by Tuesday 1 December 2026: POST …/answers.');
  });

  it('says how to have it passed on, and nothing where nothing is to be done', () => {
    expect(statusOf(facts({ goneAt: null }), 'en').next).toContain('PUT …/consent');
    for (const over of [{ closedAt: AT(2) }, { withdrawnAt: AT(2) }]) {
      expect(statusOf(facts(over), 'en')).not.toHaveProperty('next');
    }
  });
});
