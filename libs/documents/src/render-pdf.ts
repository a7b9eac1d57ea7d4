import type { Block, Citation, Explanation } from '@sekisho/guideline';
import PDFDocument from 'pdfkit';
import { fontFile } from './fonts.js';
import { numberPages } from './page-numbers.js';

type Doc = PDFKit.PDFDocument;
type Element = PDFKit.PDFStructureElement;

const MARGIN = 57;
const SIZE = { title: 17, heading: 13, label: 10.5, body: 10.5, source: 8.5 } as const;
const LINES_TOGETHER = 2;
const COLOUR = { text: '#1b1b1b', strong: '#1f3a5f', quiet: '#4a4a4a' } as const;

/**
 * As a PDF/A-2a: tagged for readers of every kind, with its fonts embedded, language and title set. `createdAt` is the document's date; the
 * same explanation and date give the same bytes.
 */
export async function renderPdf({ language, title, blocks }: Explanation, createdAt: Date): Promise<Buffer> {
  const doc = new PDFDocument({
    subset: 'PDF/A-2a',
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: language === 'ja' ? 'ja-JP' : 'en-GB',
    size: 'A4',
    margins: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN },
    bufferPages: true,
    font: null as unknown as string,
    info: { Title: title, Author: 'Sekisho', CreationDate: createdAt, ModDate: createdAt },
  });
  doc.registerFont('regular', fontFile('regular')).registerFont('bold', fontFile('bold')).font('regular');
  const bytes = collect(doc);
  const root = doc.struct('Document');
  doc.addStructure(root);
  root.add(doc.struct('H1', {}, () => write(doc, title, { font: 'bold', size: SIZE.title, colour: COLOUR.strong })));
  for (const block of blocks) for (const element of elementsOf(doc, block)) root.add(element);
  root.end();
  numberPages(doc);
  doc.end();
  return bytes;
}

function collect(doc: Doc): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
}

interface Style {
  font?: 'regular' | 'bold';
  size?: number;
  colour?: string;
  indent?: number;
  above?: number;
  /** How many lines must fit on the page: a heading stays with what it is about. */
  lines?: number;
}

/** Goes on to the next page where so many lines do not fit on this one; the element that is open goes on there. */
function keep(doc: Doc, lines: number): void {
  if (doc.y + lines * doc.currentLineHeight(true) > doc.page.height - MARGIN) doc.continueOnNewPage();
}

/** Writes one paragraph below what is there. */
function write(doc: Doc, text: string, style: Style = {}): void {
  const {
    font = 'regular',
    size = SIZE.body,
    colour = COLOUR.text,
    indent = 0,
    above = 0,
    lines = LINES_TOGETHER,
  } = style;
  doc.font(font).fontSize(size).fillColor(colour);
  doc.y += above;
  keep(doc, lines);
  const width = doc.page.width - 2 * MARGIN - indent;
  doc.text(text.replace(/\s+/g, ' '), MARGIN + indent, doc.y, { width, lineGap: size * 0.45 });
}

function elementsOf(doc: Doc, block: Block): Element[] {
  switch (block.kind) {
    case 'heading': {
      const style = { font: 'bold', size: SIZE.heading, colour: COLOUR.strong, above: 14, lines: 6 } as const;
      return [doc.struct('H2', {}, () => write(doc, block.text, style))];
    }
    case 'paragraph':
      return [doc.struct('P', {}, () => write(doc, block.text, { above: 5 }))];
    case 'list':
      return [listOf(doc, block.items, 0)];
    case 'citations':
      return block.items.map((item) => citationOf(doc, item));
  }
}

function citationOf(doc: Doc, { label, words, source, reasons }: Citation): Element {
  const quiet = { size: SIZE.source, colour: COLOUR.quiet, indent: 12 };
  const quote = [
    ...(words ? [doc.struct('P', {}, () => write(doc, words, { indent: 12 }))] : []),
    ...(source ? [doc.struct('P', {}, () => write(doc, source, quiet))] : []),
  ];
  return doc.struct('Sect', {}, [
    doc.struct('H3', {}, () => write(doc, label, { font: 'bold', size: SIZE.label, above: 9, lines: 5 })),
    ...(quote.length > 0 ? [doc.struct('BlockQuote', {}, quote)] : []),
    ...(reasons.length > 0 ? [listOf(doc, reasons, 12)] : []),
  ]);
}

function listOf(doc: Doc, items: readonly string[], indent: number): Element {
  const item = (text: string): Element => {
    let top = 0;
    const mark = (): void => {
      doc.font('regular').fontSize(SIZE.body).fillColor(COLOUR.text);
      keep(doc, LINES_TOGETHER);
      top = doc.y;
      doc.text('・', MARGIN + indent, top, { lineBreak: false });
    };
    const body = (): void => {
      doc.y = top;
      write(doc, text, { indent: indent + 12 });
    };
    return doc.struct('LI', {}, [doc.struct('Lbl', {}, mark), doc.struct('LBody', {}, body)]);
  };
  return doc.struct('L', {}, items.map(item));
}
