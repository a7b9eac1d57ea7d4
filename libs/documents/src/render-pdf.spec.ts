import { extractText, getDocumentProxy } from 'unpdf';
import { piecesOf } from '../test/any-explanation.js';
import { explained } from '../test/explained.js';
import { renderPdf } from './index.js';

const AT = new Date('2026-11-20T03:00:00Z');
const close = (text: string): string => text.replace(/\s/g, '');
const open = async (bytes: Buffer) => getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });

describe.each(['ja', 'en'] as const)('a PDF in %s', (language) => {
  const all = explained(language);

  it.each(Object.entries(all))('of %s gives back to another library the text that went in', async (_, explanation) => {
    const { text } = await extractText(await open(await renderPdf(explanation, AT)));
    const numbered = text.map((page, at) => [close(page), `${at + 1}/${text.length}`] as const);
    for (const [page, number] of numbered) expect(page.endsWith(number)).toBe(true);
    const pages = numbered.map(([page, number]) => page.slice(0, -number.length));
    expect(pages.join('').replaceAll('・', '')).toBe(close(piecesOf(explanation).join('')).replaceAll('・', ''));
  });

  it('says that it is a PDF/A-2a, in which language and what it is called', async () => {
    const pdf = await open(await renderPdf(all['outstanding']!, AT));
    const { info, metadata } = await pdf.getMetadata();
    expect(info).toMatchObject({
      Language: language === 'ja' ? 'ja-JP' : 'en-GB',
      Title: all['outstanding']!.title,
      CreationDate: 'D:20261120030000Z',
    });
    const xmp = (metadata as { getRaw(): string }).getRaw();
    expect(xmp).toMatch(/<pdfaid:part>2<.*<pdfaid:conformance>A<.*2026-11-20T03:00:00Z/s);
    expect(xmp).toContain(all['outstanding']!.title);
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
  });

  it('is tagged from beginning to end', async () => {
    const pdf = await open(await renderPdf(all['provisional']!, AT));
    expect(pdf.numPages).toBeGreaterThan(1);
    for (let number = 1; number <= pdf.numPages; number += 1) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent({ includeMarkedContent: true });
      let depth = 0;
      for (const item of items) {
        if ('str' in item)
          expect([item.str.trim(), depth > 0 || item.str.trim() === '']).toEqual([item.str.trim(), true]);
        else depth += item.type === 'endMarkedContent' ? -1 : 1;
      }
      expect(depth).toBe(0);
    }
    const roles = JSON.stringify(await (await pdf.getPage(1)).getStructTree()).match(/"role":"\w+"/g);
    for (const role of ['Document', 'H1', 'H2', 'H3', 'P', 'L', 'LI', 'Lbl', 'LBody', 'BlockQuote']) {
      expect(roles).toContain(`"role":"${role}"`);
    }
  });

  it('carries its fonts, and only the glyphs that it uses', async () => {
    const bytes = await renderPdf(all['determined']!, AT);
    const raw = bytes.toString('latin1');
    const fonts = new Set(raw.match(/\/BaseFont \/\S+/g));
    expect([...fonts].every((name) => /^\/BaseFont \/[A-Z]{6}\+BIZUDPGothic/.test(name))).toBe(true);
    expect(raw.match(/\/FontFile2 /g)).toHaveLength(2);
    expect(raw.match(/\/ToUnicode /g)).toHaveLength(2);
    expect(bytes.length).toBeLessThan(200_000);
  });

  it('is the same for the same explanation and date, and another for another date', async () => {
    const [one, two, later] = await Promise.all([
      renderPdf(all['determined']!, AT),
      renderPdf(all['determined']!, AT),
      renderPdf(all['determined']!, new Date(AT.getTime() + 1000)),
    ]);
    expect(one.equals(two)).toBe(true);
    expect(one.equals(later)).toBe(false);
  });
});
