import type { Adoption } from '@sekisho/guideline';
import { foldFacts, inEffect } from '../incidents/fold-facts.js';
import {
  type CaseServer,
  type CaseTarget,
  type Claim,
  type Contest,
  type Incident,
  type Lapse,
  type MadeDetermination,
  standing,
} from '../incidents/incident.js';
import { judgeAtPlannedTime } from '../incidents/judge.js';
import { contestsOf } from '../contests/contest.js';
import { type Placed, placeWord, type SaidFact } from './place-word.js';
import type { ReportWord } from './report-word.js';

/** As many as facts may name: a case that would have more is for people to take apart. */
const MOST = { servers: 1000, targets: 100 } as const;

interface Items {
  readonly servers: readonly CaseServer[];
  readonly targets: readonly CaseTarget[];
}

/** What taking a revision in changes of a case. */
export interface Taking {
  readonly added: Items;
  readonly identified: Items;
  readonly claims: readonly Claim[];
  /** Null where nothing is claimed that was not before. */
  readonly determination: MadeDetermination | null;
  readonly lapse: Lapse | null;
}

interface Moment {
  readonly revision: number;
  readonly at: string;
  readonly nextId: () => string;
}

/**
 * The case with a revision's word instead of the report's earlier one, fact by fact: where the report says another thing than it last
 * said, its claim is set aside by a new one. What others claim stays, and so does what the report no longer mentions. Null where the
 * case would have too many servers or targets.
 */
export function takeRevision(
  incident: Incident,
  word: ReportWord,
  { revision, at, nextId }: Moment,
  adoptions: readonly Adoption[],
): Taking | null {
  const { servers, targets, said } = placeWord(incident, word);
  const added = { servers: itemsOf(servers, 'NEW'), targets: itemsOf(targets, 'NEW') };
  const identified = { servers: itemsOf(servers, 'IDENTIFIED'), targets: itemsOf(targets, 'IDENTIFIED') };
  const after = {
    servers: [...incident.servers, ...added.servers],
    targets: [...incident.targets, ...added.targets],
  };
  if (after.servers.length > MOST.servers || after.targets.length > MOST.targets) return null;
  const before = new Map(claimsOfReport(incident).map((claim) => [claim.fact, claim]));
  const counting = claimsOfReport({ claims: inEffect(incident.claims) });
  const claims = said
    .filter(({ fact, value }) => before.get(fact)?.value !== value)
    .map(({ fact, value, note }): Claim => ({
      claimId: nextId(),
      fact,
      value,
      origin: 'REPORT',
      note: `Revision ${revision}: ${note}`,
      setsAside: counting.filter((claim) => claim.fact === fact).map(({ claimId }) => claimId),
      assertedBy: null,
      assertedAt: at,
    }));
  if (claims.length === 0) return { added, identified, claims, determination: null, lapse: null };
  const facts = foldFacts({ ...after, claims: [...incident.claims, ...claims] });
  const determination = judgeAtPlannedTime(facts, adoptions);
  const confirmation = standing(incident);
  return {
    added,
    identified,
    claims,
    determination: { version: incident.determination.version + 1, facts, determination, madeAt: at },
    lapse:
      confirmation !== null && confirmation.digest !== determination.digest
        ? { confirmation, reason: 'FACTS_CHANGED', at }
        : null,
  };
}

/**
 * What a revision contradicts of a case whose confirmation stands: as with an agency's findings, the facts stay until an analyst has
 * settled it. What the report said before, and was known when the case was confirmed, is no news.
 */
export function contestsByRevision(
  incident: Incident,
  word: ReportWord,
  earlier: ReportWord | null,
  { source, revision, at, nextId }: Moment & { readonly source: string },
): Contest[] {
  const { servers, targets, said } = placeWord(incident, word);
  const known = new Set(
    [...servers, ...targets].filter(({ standing: its }) => its !== 'NEW').map(({ item }) => item.ref),
  );
  const before = new Map(saidBefore(incident, earlier).map(({ fact, value }) => [fact, value]));
  const news = said
    .filter(({ fact, value }) => known.has(fact.split('.')[1]!) && before.get(fact) !== value)
    .map(({ fact, value, note }) => ({ fact, value, note: `Revision ${revision}: ${note}` }));
  return contestsOf(incident, news, { source, at, nextId });
}

/** What the report last said: in its claims or, since, in a revision that is held. */
const saidBefore = (incident: Incident, earlier: ReportWord | null): readonly SaidFact[] =>
  earlier === null ? claimsOfReport(incident) : [...claimsOfReport(incident), ...placeWord(incident, earlier).said];

const claimsOfReport = ({ claims }: Pick<Incident, 'claims'>): Claim[] =>
  claims.filter(({ origin }) => origin === 'REPORT');

const itemsOf = <Item>(placed: readonly Placed<Item>[], wanted: Placed<Item>['standing']): Item[] =>
  placed.filter(({ standing: its }) => its === wanted).map(({ item }) => item);
