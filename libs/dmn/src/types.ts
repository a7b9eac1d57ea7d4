import {
  COMMISSION_TIMINGS,
  EXECUTORS,
  type Guideline,
  isReview,
  OUTCOMES,
  REVIEW_ANSWERS,
  SAFEGUARD_KINDS,
  SERVER_LOCATIONS,
  TARGET_KINDS,
  THREE_VALUES,
} from '@sekisho/guideline';
import { texts } from './feel.js';
import type { Settling } from './settling.js';
import { element, type Element } from './xml.js';

/** The item definitions of a version: values, structures of them, and lists. */
export function itemDefinitions({ provisions, targetGroups }: Guideline, settling: Settling): Element[] {
  return [
    ...values('tThreeValued', THREE_VALUES),
    ...values('tTruth', ['TRUE', 'FALSE']),
    ...values('tLocation', SERVER_LOCATIONS, 'tLocations'),
    ...values('tKind', TARGET_KINDS),
    ...values('tGroup', Object.keys(targetGroups), 'tGroups'),
    ...values('tBasis', [...new Set(provisions.filter(isReview).map(({ then }) => then.review))], 'tBases'),
    ...values('tExecutor', EXECUTORS, 'tExecutors'),
    ...values('tEnd', ['NO_MEASURE', 'NO_AUTHORITY', 'MEASURE']),
    ...values('tOutcome', OUTCOMES),
    ...values('tReviewAnswer', REVIEW_ANSWERS),
    ...values('tSafeguardKind', SAFEGUARD_KINDS),
    ...values('tTiming', COMMISSION_TIMINGS),
    listOf('tRefs', 'string'),
    listOf('tClasses', 'tGroups'),
    listOf('tClassLists', 'tClasses'),
    listOf('tLocationLists', 'tLocations'),
    listOf('tExecutorLists', 'tExecutors'),
    ...structure('tServer', { ref: 'string', location: 'tLocation' }, 'tServers'),
    ...structure('tTarget', { ref: 'string', kind: 'tKind' }, 'tTargets'),
    ...structure('tAssignment', { group: 'tGroup', executor: 'tExecutor' }, 'tAssignments'),
    ...structure(
      'tWay',
      Object.fromEntries([
        ...[...settling.ending, ...settling.others].map((name) => [name, 'tTruth']),
        ['end', 'tEnd'],
        ['servers', 'tLocations'],
        ['targets', 'tClasses'],
        ['locations', 'tLocations'],
        ['groups', 'tGroups'],
      ]),
      'tWays',
    ),
    ...structure(
      'tConclusion',
      {
        way: 'tWay',
        reasons: 'tBases',
        bases: 'tBases',
        named: 'tAssignments',
        assigned: 'tAssignments',
        known: 'tExecutorLists',
        unknown: 'tExecutorLists',
        gist: 'Any',
      },
      'tConclusions',
    ),
    ...structure('tReview', { required: 'tReviewAnswer', bases: 'tBases', possibleBases: 'tBases' }),
    ...structure('tExecution', { target: 'string', candidates: 'tExecutors' }, 'tExecutions'),
    ...structure(
      'tSafeguard',
      { kind: 'tSafeguardKind', timing: 'tTiming', onlyFor: 'tExecutor', servers: 'tRefs' },
      'tSafeguards',
    ),
    ...structure('tDetermination', {
      guideline: 'string',
      outcome: 'tOutcome',
      nscReview: 'tReview',
      execution: 'tExecutions',
      safeguards: 'tSafeguards',
      missingFacts: 'tRefs',
    }),
  ];
}

const typeRef = (type: string): Element => element('typeRef', {}, type);

const listOf = (name: string, type: string): Element =>
  element('itemDefinition', { name, isCollection: 'true' }, [typeRef(type)]);

/** With `lists`, a list of it too, by that name. */
const withLists = (definition: Element, lists: string | undefined): Element[] =>
  lists === undefined ? [definition] : [definition, listOf(lists, definition.attributes['name']!)];

function values(name: string, allowed: readonly string[], lists?: string): Element[] {
  const allowedValues = element('allowedValues', {}, [element('text', {}, texts(allowed).slice(1, -1))]);
  return withLists(element('itemDefinition', { name }, [typeRef('string'), allowedValues]), lists);
}

function structure(name: string, parts: Readonly<Record<string, string>>, lists?: string): Element[] {
  const components = Object.entries(parts).map(([part, type]) =>
    element('itemComponent', { name: part }, [typeRef(type)]),
  );
  return withLists(element('itemDefinition', { name }, components), lists);
}
