import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Pool } from 'undici';
import type { ReportSource } from './report-source.js';
import { type Access, type Granted, tokenFor } from './token.js';

const RENEW_BEFORE_MS = 120_000;

/** A partner's system that reports over so many connections, each with one request at a time. */
export class Partner {
  private held: Granted | undefined;
  private readonly pool: Pool;

  constructor(
    private readonly access: Access,
    origin: string,
    connections: number,
    private readonly reports: ReportSource,
  ) {
    this.pool = new Pool(origin, { connections, pipelining: 1 });
  }

  /** To be called before the clock runs: a token is good for minutes. */
  async ready(): Promise<void> {
    if (this.held && this.held.until > Date.now() + RENEW_BEFORE_MS) return;
    this.held = await tokenFor(this.access, 'partner-power');
  }

  /** Sends one report and answers the status; the answer is read whole, as a partner's system would. */
  async report(): Promise<number> {
    const { statusCode, body } = await this.pool.request({
      path: '/v1/reports',
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.held!.token}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: this.reports.next(),
    });
    await body.dump({ limit: 1024 * 1024 });
    return statusCode;
  }

  /** Sends a batch as NDJSON and answers the status of each line. */
  async batch(lines: Readable): Promise<number[]> {
    const { statusCode, body } = await this.pool.request({
      path: '/v1/report-batches',
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.held!.token}`,
        'content-type': 'application/x-ndjson',
        'idempotency-key': randomUUID(),
      },
      body: lines,
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`the batch was answered with ${statusCode}: ${text}`);
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { status: number }).status);
  }

  /** Reads one page or one report as its partner does, whole, and answers what it says. */
  async read<Answer>(path: string): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.held!.token}` };
    const { statusCode, body } = await this.pool.request({ path, method: 'GET', headers });
    const answer = await body.json();
    if (statusCode !== 200) throw new Error(`${path} was answered with ${statusCode}: ${JSON.stringify(answer)}`);
    return answer as Answer;
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}
