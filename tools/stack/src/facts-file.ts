import { readFileSync } from 'node:fs';
import { facts, type FactsBody } from '@sekisho/contracts';
import { Fault } from './fault.js';

/** The facts of a case with what the case is called. */
export interface NamedFacts {
  readonly name: string;
  readonly facts: FactsBody;
}

export function readText(file: string, how: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Fault(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, how);
  }
}

/**
 * The facts alone, or something that has them as `facts`, as the body of a preview has and a case as classification shows it: then the case
 * is called by its `incidentId` or `name`. `called` is where the text stands.
 */
export function factsIn(text: string, called: string, how: string): NamedFacts {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Fault(`${called} is not JSON.`, how);
  }
  const inside = typeof content === 'object' && content !== null && 'facts' in content ? content.facts : content;
  const parsed = facts.safeParse(inside);
  if (parsed.success) return { name: nameOf(content) ?? called, facts: parsed.data };
  const faults = parsed.error.issues.map(({ path, message }) => `/${path.join('/')}: ${message}`).join('; ');
  throw new Fault(`${called} holds no facts: ${faults}`, how);
}

/** The facts of many cases, one in a line. */
export function factsInLines(text: string, file: string, how: string): NamedFacts[] {
  return text
    .split('\n')
    .flatMap((line, at) => (line.trim() === '' ? [] : [factsIn(line, `line ${at + 1} of ${file}`, how)]));
}

function nameOf(content: unknown): string | undefined {
  if (typeof content !== 'object' || content === null) return undefined;
  const { incidentId, name } = content as Readonly<Record<string, unknown>>;
  return [incidentId, name].find((each) => typeof each === 'string');
}
