import { ENACTED } from '@sekisho/guideline';
import fc from 'fast-check';
import { AT, assessment, nextId, opened, submitted, type Submitted } from '../../test/builders.js';
import { foldFacts } from '../incidents/fold-facts.js';
import type { Incident } from '../incidents/incident.js';
import { placeWord } from './place-word.js';
import { wordOf } from './report-word.js';
import { contestsByRevision, takeRevision } from './take-revision.js';

type Report = Submitted['report'];
type Server = Report['servers'][number];

const word = (report: Partial<Report>) => wordOf(submitted(report));
const moment = { revision: 2, at: AT, nextId };
const taken = (incident: Incident, report: Partial<Report>) => takeRevision(incident, word(report), moment, ENACTED)!;
/** The case with what taking a revision in made of it. */
const after = (incident: Incident, report: Partial<Report>): Incident => {
  const { added, identified, claims, determination } = taken(incident, report);
  const known = <Item extends { ref: string }>(items: readonly Item[], now: readonly Item[]): Item[] =>
    items.map((item) => now.find(({ ref }) => ref === item.ref) ?? item);
  return {
    ...incident,
    servers: [...known(incident.servers, identified.servers), ...added.servers],
    targets: [...known(incident.targets, identified.targets), ...added.targets],
    claims: [...incident.claims, ...claims],
    determination: determination ?? incident.determination,
  };
};
const locations = ({ determination }: Incident) =>
  determination.facts.servers.map(({ ref, location }) => `${ref} ${location}`);

const C2: Server = { ref: 'c2', address: '198.51.100.37', country: 'NL', confidence: 80 };

describe('a report’s word in a case', () => {
  const incident = opened({ servers: [C2, { ref: 'relay' }] });
  const places = (servers: Server[]) =>
    placeWord(incident, word({ servers })).servers.map(({ item, standing }) => `${item.ref} ${standing}`);

  it.each<[string, Server[], string[]]>([
    ['the same servers', [C2, { ref: 'relay' }], ['s1 KNOWN', 's2 KNOWN']],
    ['them in another order', [{ ref: 'relay' }, C2], ['s2 KNOWN', 's1 KNOWN']],
    ['one under another ref', [{ ...C2, ref: 'x' }], ['s1 KNOWN']],
    ['one without its address', [{ ref: 'c2' }], ['s1 KNOWN']],
    ['one that now has an address', [{ ref: 'relay', address: '203.0.113.9' }], ['s2 IDENTIFIED']],
    ['another address under the same ref: another server', [{ ...C2, address: '203.0.113.9' }], ['s3 NEW']],
    [
      'two that changed refs',
      [
        { ref: 'c2', address: '203.0.113.9' },
        { ...C2, ref: 'relay' },
      ],
      ['s3 NEW', 's1 KNOWN'],
    ],
    ['more', [C2, { ref: 'new', address: '203.0.113.9' }, { ref: 'more' }], ['s1 KNOWN', 's3 NEW', 's4 NEW']],
  ])('of %s is about those of the case', (_, servers, expected) => {
    expect(places(servers)).toEqual(expected);
  });

  it('fills the place of a server that the report did not name', () => {
    const thin = opened({ servers: [] });
    const { servers } = placeWord(thin, word({ servers: [{ ref: 'a', country: 'NL' }, C2] }));
    expect(servers.map(({ item, standing }) => [item.ref, item.reportRef, standing])).toEqual([
      ['s1', 'a', 'IDENTIFIED'],
      ['s2', 'c2', 'NEW'],
    ]);
  });

  it('is about each server of the case once at most, and about every server of the report', () => {
    const server = fc.record(
      {
        ref: fc.constantFrom('c2', 'relay', 'x', 'y', 'z'),
        address: fc.constantFrom('198.51.100.37', '203.0.113.9', '203.0.113.10'),
      },
      { requiredKeys: ['ref'] },
    );
    const servers = fc.uniqueArray(server, { selector: ({ ref }) => ref });
    fc.assert(
      fc.property(servers, servers, (first, second) => {
        const one = opened({ servers: first });
        const { servers: placed } = placeWord(one, word({ servers: second }));
        const refs = placed.map(({ item }) => item.ref);
        expect([refs.length, new Set(refs).size]).toEqual([second.length, second.length]);
        for (const { item, standing } of placed) {
          const known = one.servers.find(({ ref }) => ref === item.ref);
          expect(known === undefined).toBe(standing === 'NEW');
          // Never re-pointed.
          if (known?.address != null && item.address !== null) expect(item.address).toBe(known.address);
        }
      }),
    );
  });
});

describe('a revision that is taken in', () => {
  const incident = opened({ servers: [C2] });

  it('says anew what the report says now: its earlier claim is set aside', () => {
    const { claims, determination } = taken(incident, { servers: [{ ...C2, country: 'JP' }] });
    const earlier = incident.claims.find(({ fact }) => fact === 'servers.s1.location')!.claimId;
    expect(claims).toMatchObject([
      {
        fact: 'servers.s1.location',
        value: 'DOMESTIC',
        origin: 'REPORT',
        note: 'Revision 2: The report names JP.',
        setsAside: [earlier],
        assertedBy: null,
      },
    ]);
    expect(determination).toMatchObject({ version: 2, facts: { servers: [{ ref: 's1', location: 'DOMESTIC' }] } });
  });

  it('that says the same changes nothing', () => {
    expect(taken(incident, { servers: [C2] })).toMatchObject({ claims: [], determination: null, lapse: null });
  });

  it('leaves what analysts claim, and what the report no longer mentions', () => {
    const claim = assessment('servers.s1.location', 'DOMESTIC', [incident.claims[1]!.claimId]);
    const claims = [...incident.claims, claim];
    const assessed = {
      ...incident,
      claims,
      determination: { ...incident.determination, facts: foldFacts({ ...incident, claims }) },
    };
    expect(taken(assessed, { servers: [C2] }).claims).toEqual([]);
    const later = after(assessed, { servers: [{ ref: 'new', address: '203.0.113.9', country: 'DE' }] });
    expect(locations(later)).toEqual(['s1 DOMESTIC', 's2 OVERSEAS']);
  });

  it('makes a case of a thin report whole', () => {
    const thin = opened({ servers: [] });
    expect(locations(thin)).toEqual(['s1 UNKNOWN']);
    const whole = after(thin, { servers: [C2] });
    expect(whole.servers).toEqual([{ ref: 's1', address: C2.address, reportRef: 'c2' }]);
    expect(locations(whole)).toEqual(['s1 OVERSEAS']);
    expect(whole.determination.determination.missingFacts).not.toContain('servers.s1.location');
  });

  it('ends where the last revision does, however many came between', () => {
    const server = fc.record({ country: fc.constantFrom('JP', 'NL', null), confidence: fc.constantFrom(10, 90) });
    fc.assert(
      fc.property(fc.array(server, { minLength: 1, maxLength: 6 }), (said) => {
        const whole = said.reduce((one, each) => after(one, { servers: [{ ...C2, ...each }] }), incident);
        const alone = opened({ servers: [{ ...C2, ...said.at(-1)! }] });
        expect(locations(whole)).toEqual(locations(alone));
      }),
    );
  });

  it('is not where the case would have more than facts may name', () => {
    const many = (prefix: string) =>
      Array.from({ length: 600 }, (_, n) => ({ ref: `${prefix}${n}`, address: `${prefix}${n}.example` }));
    expect(takeRevision(opened({ servers: many('a') }), word({ servers: many('b') }), moment, ENACTED)).toBeNull();
  });
});

describe('a revision of what is confirmed', () => {
  const incident = opened({ servers: [C2, { ref: 'relay' }] });
  const contests = (report: Partial<Report>, earlier: Partial<Report> | null = null) =>
    contestsByRevision(incident, word(report), earlier && word(earlier), { ...moment, source: '/incident-intake' }).map(
      ({ fact, value }) => `${fact} ${value}`,
    );
  const japan = { servers: [{ ...C2, country: 'JP' }] };

  it('contests what it says otherwise', () => {
    expect(contests(japan)).toEqual(['servers.s1.location DOMESTIC']);
  });

  it('contests nothing by what was not known, is new, or is left out', () => {
    expect(contests({ servers: [{ ref: 'relay', country: 'JP' }] })).toEqual([]);
    expect(contests({ servers: [{ ref: 'n', address: '203.0.113.9', country: 'JP' }] })).toEqual([]);
    expect(contests({ servers: [] })).toEqual([]);
  });

  it('contests nothing by saying again what it said before', () => {
    expect(contests(japan, japan)).toEqual([]);
    expect(contests(japan, { servers: [C2] })).toEqual(['servers.s1.location DOMESTIC']);
  });
});
