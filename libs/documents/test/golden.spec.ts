import { readdirSync, readFileSync } from 'node:fs';
import { GOLDEN, golden } from './golden.js';

it.each([...golden()])('%s reads as it was read and agreed to', (name, content) =>
  expect(content).toBe(readFileSync(new URL(name, GOLDEN), 'utf8')),
);

it('there is no golden file that nothing writes', () =>
  expect(readdirSync(GOLDEN).sort()).toEqual([...golden().keys()].sort()));
