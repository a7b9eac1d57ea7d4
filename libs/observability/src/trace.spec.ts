import { continueTrace, currentTrace, withTrace } from './trace.js';
import { createLogger } from './logger.js';
import { readiness } from './health.js';

describe('trace', () => {
  it('keeps the trace id and takes a new span', () => {
    const next = continueTrace('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
    expect(next).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/);
    expect(next).not.toContain('b7ad6b7169203331');
  });

  it.each([undefined, '', 'nonsense', '00-00000000000000000000000000000000-b7ad6b7169203331-01'])(
    'starts a new one for %p',
    (value) => {
      expect(continueTrace(value)).toMatch(/^00-(?!0{32})[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    },
  );

  it('stands in every log line of the work', () => {
    const lines: string[] = [];
    const logger = createLogger('x', 'info', { write: (line) => void lines.push(line) });
    withTrace({ correlationId: 'c1', traceparent: 't1' }, () => logger.info({ n: 1 }, 'done'));
    expect(JSON.parse(lines[0]!)).toMatchObject({ service: 'x', correlationId: 'c1', n: 1, msg: 'done' });
    expect(currentTrace()).toBeUndefined();
  });
});

describe('readiness', () => {
  it('names what is not ready, also where the check itself fails', async () => {
    const answer = await readiness([
      { name: 'good', check: async () => undefined },
      { name: 'bad', check: () => Promise.reject(new Error('refused')) },
    ]);
    expect(answer).toEqual({
      ready: false,
      checks: [
        { name: 'good', ok: true },
        { name: 'bad', ok: false, detail: 'refused' },
      ],
    });
  });
});
