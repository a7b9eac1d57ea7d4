import { readdirSync } from 'node:fs';
import { FACTS } from '../test/cases.js';
import type { Provision } from './index.js';
import { CASE_FACTS, determine, findGuideline, guidelineFor, guidelineInForce, guidelines } from './index.js';

const files = readdirSync(new URL('./provisions/', import.meta.url)).filter((file) => file.endsWith('.ts'));
const all = [...new Set(guidelines.flatMap(({ provisions }) => provisions))];
const japanese = /[\u3040-\u30ff\u4e00-\u9fff]/;

describe('provisions', () => {
  it('have a file each, named after row and id, and each file is in a version', async () => {
    const named = all.map(({ row, id }) => `${String(row).padStart(2, '0')}-${id}.ts`);
    expect(named.toSorted()).toEqual(files.toSorted());
    for (const file of files) {
      const module = (await import(`./provisions/${file.replace(/ts$/, 'js')}`)) as Record<string, Provision>;
      expect([file, Object.values(module).map(({ id }) => all.some((each) => each.id === id))]).toEqual([file, [true]]);
    }
  });

  it('have unique ids, words in both languages and sources', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { words, sources } of all) {
      expect(words.en).toMatch(/\.$/);
      expect(words.ja).toMatch(japanese);
      expect(sources.length).toBeGreaterThan(0);
    }
  });
});

describe.each(guidelines)('$id', (guideline) => {
  const { text, provisions, judgements } = guideline;

  it('reads in the order of the rows, each once', () => {
    const rows = provisions.map(({ row }) => row);
    expect(rows).toEqual([...new Set(rows)].toSorted((one, two) => one - two));
  });

  it('gives every clause of its text a provision or a declared judgement, and the other way round', () => {
    const ids = provisions.map(({ id }) => id);
    const declared = judgements.map(({ id }) => id);
    expect(new Set(text.map(({ id }) => id)).size).toBe(text.length);
    for (const clause of text) {
      expect([clause.id, clause.provisions.length + clause.judgements.length > 0]).toEqual([clause.id, true]);
      expect(clause.words.ja).toMatch(japanese);
    }
    expect(new Set(text.flatMap((clause) => clause.provisions))).toEqual(new Set(ids));
    expect(new Set(text.flatMap((clause) => clause.judgements))).toEqual(new Set(declared));
  });

  it('declares a judgement for every fact that people assess and a provision asks', () => {
    const asked = JSON.stringify(provisions);
    const assessed = CASE_FACTS.filter((fact) => fact !== 'measureContemplated' && asked.includes(`"${fact}"`));
    expect(judgements.map(({ arrivesAs }) => arrivesAs)).toEqual(expect.arrayContaining(assessed));
  });
});

describe('the version that counts', () => {
  it('is found by its id', () => {
    expect(findGuideline('acd-2025-12-draft')?.validFrom).toBeNull();
    expect(findGuideline('acd-2026-10')?.validFrom).toBe('2026-10-01T00:00:00+09:00');
    expect(findGuideline('acd-2027')).toBeUndefined();
  });

  it.each([
    ['2026-09-30T23:59:59.999+09:00', undefined],
    ['2026-10-01T00:00:00+09:00', 'acd-2026-10'],
    ['2026-09-30T15:00:00Z', 'acd-2026-10'],
    ['2026-10-01T00:00:00', undefined],
    ['soon', undefined],
    [Date.UTC(2026, 8, 30, 15), 'acd-2026-10'],
    [Date.UTC(2026, 8, 30, 15) - 1, undefined],
    [NaN, undefined],
  ])('at %s is %s', (at, id) => expect(guidelineInForce(at)?.id).toBe(id));

  it('is the one named, else the one in force, else the first that will be', () => {
    expect(guidelineFor(FACTS)?.id).toBe('acd-2026-10');
    expect(guidelineFor(FACTS, 'acd-2025-12-draft')?.id).toBe('acd-2025-12-draft');
    expect(guidelineFor(FACTS, 'acd-2027')).toBeUndefined();
    const early = { ...FACTS, plannedActionAt: '2026-09-30T00:00:00+09:00' };
    const guideline = guidelineFor(early);
    expect(guideline && determine(guideline, early)).toMatchObject({ guideline: 'acd-2026-10', inForce: false });
  });
});
