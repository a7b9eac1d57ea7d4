import type { Explanation } from '@sekisho/guideline';
import { renderPdf } from './render-pdf.js';

/** What a thread of its own is told. */
export interface PdfTask {
  readonly explanation: Explanation;
  readonly createdAt: Date;
}

export default ({ explanation, createdAt }: PdfTask): Promise<Uint8Array> => renderPdf(explanation, createdAt);
