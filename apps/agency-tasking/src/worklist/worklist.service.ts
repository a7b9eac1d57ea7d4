import { Injectable } from '@nestjs/common';
import type { Language, Role, WorklistItem } from '@sekisho/contracts';
import type { Principal } from '@sekisho/identity';
import { invalid, type Page, pageOf, type PageQuery, positionOf, Work } from '@sekisho/service';
import type { Tx } from '../database.js';
import { EvidenceStore } from '../evidence/evidence.store.js';
import { Stamp } from '../stamp.js';
import { caseItem } from './case-item.js';
import { openCases, type Place } from './open-cases.js';

const CASES_AT_ONCE = 200;
const POSITION = /^\S{24} [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Offices, which are shown what they hold and nothing else. */
const OFFICES: readonly Role[] = ['mofa', 'npsc-secretariat', 'cabinet-secretariat', 'commission'];

/** The cases that wait for something, each in a line: all of them for those who see to orders, an office's own for an office. */
@Injectable()
export class WorklistService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly evidence: EvidenceStore,
    private readonly stamp: Stamp,
  ) {}

  list(principal: Principal, { limit, cursor }: PageQuery, language: Language): Promise<Page<WorklistItem>> {
    const at = this.stamp.now();
    const concerns = ({ who }: WorklistItem): boolean =>
      principal.roles.some((role) => !OFFICES.includes(role) || who.includes(role));
    return this.work.read(principal, async (tx) => {
      const items: WorklistItem[] = [];
      for (let after = placeOf(cursor), more = true; more && items.length <= limit;) {
        const cases = await openCases(tx, at, after, CASES_AT_ONCE);
        const evidence = await this.evidence.ofIncidents(
          tx,
          cases.map(({ incidentId }) => incidentId),
        );
        const told = cases.map((open) => caseItem(open, evidence.get(open.incidentId) ?? [], at, language));
        items.push(...told.filter(concerns));
        const last = cases.at(-1);
        after = last && { ends: last.ends.toISOString(), incidentId: last.incidentId };
        more = cases.length === CASES_AT_ONCE;
      }
      return pageOf(
        items,
        limit,
        ({ dueAt, subject }) => `${dueAt} ${subject}`,
        (item) => item,
      );
    });
  }
}

function placeOf(cursor: PageQuery['cursor']): Place | undefined {
  const [ends = '', incidentId = ''] = positionOf(cursor, POSITION)?.split(' ') ?? [];
  if (cursor === undefined) return undefined;
  const time = new Date(ends);
  if (Number.isNaN(time.getTime()) || time.toISOString() !== ends) {
    throw invalid([{ pointer: '?cursor', code: 'invalid-cursor' }]);
  }
  return { ends, incidentId };
}
