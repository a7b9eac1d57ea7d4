import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../dist/src/main.js');

function chaos(...args: string[]): { child: ChildProcess; output: () => string; ended: Promise<number | null> } {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
  return { child, output: () => output, ended: once(child, 'exit').then(([code]) => code as number | null) };
}

describe('npm run chaos', () => {
  it('says what is wrong with its use', async () => {
    const { ended, output } = chaos('--plant', 'weed');
    expect(await ended).toBe(2);
    expect(output()).toContain('there is no "weed"');
    expect(output()).toContain('npm run chaos -- [--seed N]');
  });

  it('kills, pauses and cuts off everything for a while, and every check holds', async () => {
    const faults = 'pause,cut-network,lost-answers,kafka-down,postgres-down';
    const { ended, output } = chaos(
      '--seed',
      '4',
      '--minutes',
      '0.9',
      '--kills',
      '10',
      '--cases',
      '3',
      '--faults',
      faults,
    );
    const code = await ended;
    expect(output()).toContain('10 processes killed');
    expect(output()).toMatch(/✓ outages were borne — \d tried/);
    expect(
      output()
        .split('\n')
        .filter((line) => line.startsWith('✗')),
    ).toEqual([]);
    expect(code).toBe(0);
  }, 420_000);

  it('goes on without Kafka and says when to come back without PostgreSQL, and all of it flows afterwards', async () => {
    const faults = 'pause,kafka-down,postgres-down';
    const { ended, output } = chaos(
      '--seed',
      '6',
      '--minutes',
      '0.55',
      '--kills',
      '0',
      '--cases',
      '2',
      '--faults',
      faults,
    );
    const code = await ended;
    expect(output()).toContain('✓ outages were borne — 2 tried');
    expect(output()).toContain('is paused for');
    expect(
      output()
        .split('\n')
        .filter((line) => line.startsWith('✗')),
    ).toEqual([]);
    expect(code).toBe(0);
  }, 420_000);
});
