import { fileURLToPath } from 'node:url';
import type { Explanation } from '@sekisho/guideline';
import Tinypool from 'tinypool';
import type { PdfTask } from './pdf-worker.js';

const IDLE_MS = 30_000;

let pool: Tinypool | undefined;

/**
 * As `renderPdf`, in a thread of its own: a document takes some tenths of a second, in which a service would answer nobody. The thread is
 * started for the first document, keeps no process alive and ends when nobody asks any more. Documents are made one after the other.
 */
export async function pdfInThread(explanation: Explanation, createdAt: Date): Promise<Buffer> {
  pool ??= new Tinypool({
    filename: fileURLToPath(import.meta.resolve('@sekisho/documents/pdf-worker')),
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
  });
  const task: PdfTask = { explanation, createdAt };
  return Buffer.from((await pool.run(task)) as Uint8Array);
}
