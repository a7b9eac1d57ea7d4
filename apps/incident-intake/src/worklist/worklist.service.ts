import { Injectable } from '@nestjs/common';
import type { Language, WorklistItem } from '@sekisho/contracts';
import type { Principal } from '@sekisho/identity';
import { Clock as Time, type Page, pageOf, type PageQuery, positionOf, Work } from '@sekisho/service';
import { ERASURE_POSITION, openErasures, toConfirm } from '../contacts/open-erasures.js';
import type { Tx } from '../database.js';
import { stateOf } from '../deadlines/clock.js';
import { ruleOf, titleOf } from '../deadlines/deadline-view.js';
import { dueOn } from '../deadlines/japan-time.js';
import { missedClocks, type OpenClock, ownOpenClocks, POSITION } from './open-clocks.js';

/** What partners owe by when, what analysts should ask after, and what operators are to erase. */
@Injectable()
export class WorklistService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly clock: Time,
  ) {}

  list(principal: Principal, { limit, cursor }: PageQuery, language: Language): Promise<Page<WorklistItem>> {
    if (principal.roles.includes('operator')) return this.erasures(principal, { limit, cursor }, language);
    const after = positionOf(cursor, POSITION);
    const at = this.clock.now();
    const analyst = principal.roles.includes('analyst');
    return this.work.read(principal, async (tx) => {
      const clocks = analyst
        ? await missedClocks(tx, after, limit + 1)
        : await ownOpenClocks(tx, principal.organisation, after, limit + 1);
      const show = analyst ? toAskAfter : toSend;
      return pageOf(
        clocks,
        limit,
        ({ position }) => position,
        (clock) => show(clock, at, language),
      );
    });
  }

  private erasures(
    principal: Principal,
    { limit, cursor }: PageQuery,
    language: Language,
  ): Promise<Page<WorklistItem>> {
    const after = positionOf(cursor, ERASURE_POSITION);
    return this.work.read(principal, async (tx) =>
      pageOf(
        await openErasures(tx, after, limit + 1),
        limit,
        ({ position }) => position,
        (open) => toConfirm(open, language),
      ),
    );
  }
}

function itemOf(open: OpenClock, at: Date, language: Language): Omit<WorklistItem, 'who' | 'link'> & { title: string } {
  const { clock, reportId } = open;
  const title = titleOf(clock, language);
  const due = dueOn(clock.dueAt, language);
  const { regime, kind, applies } = clock;
  return {
    kind: 'DEADLINE',
    subject: reportId,
    what: { text: title, regime, clock: kind, state: stateOf(clock, at).state, applies },
    dueAt: clock.dueAt,
    dueOn: due,
    why: whyOf(open, language),
    title,
  };
}

function whyOf({ clock }: OpenClock, language: Language): string {
  const rule = ruleOf(clock)?.regime;
  if (!rule) return clock.regime;
  const [title, why, onlyIf = ''] = [rule.title[language], rule.why[language], rule.onlyIf?.[language]];
  return language === 'ja' ? `${title}：${why}${onlyIf}` : `${title}: ${why} ${onlyIf}`.trim();
}

function toSend(open: OpenClock, at: Date, language: Language): WorklistItem {
  const { title, ...item } = itemOf(open, at, language);
  const { report, reportId } = open;
  const text = TO_SEND[language](title, item.dueOn, item.what);
  return { ...item, what: { ...item.what, text, report }, who: ['partner'], link: `/v1/reports/${reportId}` };
}

type Say = (title: string, due: string, what: WorklistItem['what']) => string;
const TO_SEND: Readonly<Record<Language, Say>> = {
  en: (title, due, { state, applies }) => {
    const possible = applies === 'IF_CONFIRMED' ? ' (if it turns out to apply)' : '';
    return `${title}${possible}: ${state === 'MISSED' ? `was due on ${due}; send it at once` : `send it by ${due}`}`;
  },
  ja: (title, due, { state, applies }) => {
    const possible = applies === 'IF_CONFIRMED' ? '（該当する場合）' : '';
    const over = `期限（${due}）を過ぎています。直ちに提出してください`;
    return `${title}${possible}：${state === 'MISSED' ? over : `${due}までに提出してください`}`;
  },
};

function toAskAfter(open: OpenClock, at: Date, language: Language): WorklistItem {
  const { title, ...item } = itemOf(open, at, language);
  const { organisation, reportId } = open;
  const text =
    language === 'ja'
      ? `${title}：${organisation} からの提出が期限（${item.dueOn}）までにありません。確認してください`
      : `${title}: nothing came from ${organisation} by ${item.dueOn}; ask after it`;
  return {
    ...item,
    what: { ...item.what, text, organisation },
    who: ['analyst'],
    link: `/v1/incidents?reportId=${reportId}`,
  };
}
