import { type ExecutionProvision, findGuideline, type Guideline, guidelines } from '@sekisho/guideline';
import { acd202704Invented } from '@sekisho/guideline/test/amendment';
import { dmnOf } from './dmn-of.js';

const versions = [...guidelines, acd202704Invented];
const inForce = findGuideline('acd-2026-10')!;

const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found]) => found!);

describe.each(versions)('the model of $id', (guideline: Guideline) => {
  const model = dmnOf(guideline);

  it('is the same each time', () => {
    expect(dmnOf(structuredClone(guideline))).toBe(model);
  });

  it('cites every provision beside its rules, in both languages', () => {
    for (const { id, words } of guideline.provisions) {
      expect(model).toContain(`<text>${id}</text>`);
      expect(model).toContain(`<text>${words.en}</text>`);
      expect(model).toContain(`<text>${words.ja}</text>`);
    }
  });

  it('refers to nothing that is not there, and draws everything once', () => {
    const ids = all(model, / id="([^"]+)"/g);
    expect(new Set(ids).size).toBe(ids.length);
    for (const href of all(model, /href="#([^"]+)"/g)) expect(ids).toContain(href);
    const drawn = all(model, /dmnElementRef="([^"]+)"/g);
    expect(new Set(drawn).size).toBe(drawn.length);
    expect([...drawn].sort()).toEqual(ids.filter((id) => ![guideline.id, 'diagram'].includes(id)).sort());
  });

  it('defines every type that it names', () => {
    const defined = [...all(model, /<itemDefinition name="([^"]+)"/g), 'string', 'number', 'boolean', 'Any'];
    const named = [...all(model, / typeRef="([^"]+)"/g), ...all(model, /<typeRef>([^<]+)</g)];
    for (const name of new Set(named)) expect(defined).toContain(name);
  });

  it('draws no two nodes in one place', () => {
    const places = all(model, /<dc:Bounds (x="[\d.]+" y="[\d.]+")/g);
    expect(new Set(places).size).toBe(places.length);
  });
});

it('has a rule for each alternative of a provision, and no condition where it has none', () => {
  const table = /name="executorsOf">[\s\S]*?<\/decisionTable>/.exec(dmnOf(inForce))![0];
  expect(all(table, /<input label="([^"]+)"/g)).toEqual([
    'some target SDF_OR_USFJ',
    'some server OVERSEAS',
    'some target OTHER',
    'communicationProtection',
    'NSC review',
  ]);
  const rules = all(table, /<rule>([\s\S]*?)<\/rule>/g).map((rule) => all(rule, /<text>([^<]*)<\/text>/g).slice(0, 8));
  expect(rules).toEqual([
    ['true', '-', '-', '-', '-', '"SDF_OR_USFJ"', '"SDF"', 'executor-sdf-usfj-target'],
    ['-', 'true', 'true', '-', '-', '"OTHER"', '"NPA_SOLE"', 'executor-overseas-server'],
    ['-', 'true', 'true', '"TRUE"', '-', '"OTHER"', '"JOINT_NPA_SDF"', 'executor-overseas-server'],
    ['-', 'false', 'true', '-', '-', '"OTHER"', '"NPA_SOLE"', 'executor-domestic-servers'],
    ['-', 'false', 'true', '"TRUE"', 'true', '"OTHER"', '"JOINT_NPA_SDF"', 'executor-domestic-servers'],
  ]);
});

it('leaves out what can never hold', () => {
  const copy = structuredClone(inForce);
  const joint = copy.provisions.find(({ id }) => id === 'executor-overseas-server') as ExecutionProvision;
  joint.then.candidates[1]!.when = [{ servers: 'ALL_DOMESTIC' }];
  expect(dmnOf(copy)).not.toMatch(
    /<text>"JOINT_NPA_SDF"<\/text>\s*<\/outputEntry>[\s\S]{0,80}executor-overseas-server/,
  );
});

it('is refused for a version whose reviews rest on one another', () => {
  const copy = structuredClone(inForce);
  copy.provisions.find(({ id }) => id === 'review-sdf-usfj-system')!.when.push({ nscReview: 'REQUIRED' } as never);
  expect(() => dmnOf(copy)).toThrow(RangeError);
});
