import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { run } from './child.js';
import { folderFor, keptFolder } from './kept-folder.js';
import { javaProgram } from './java-program.js';
import { KIE, mavenLibraries } from './maven-libraries.js';

/** Decides by a DMN model: `model` is its XML, `decision` the name of one of its decisions. One answer for each input, in their order. */
export type DmnEngine = (model: string, decision: string, inputs: readonly object[]) => Promise<unknown[]>;

const HEAP = ['-Xmx1g', '-XX:+UseParallelGC'];

/**
 * Apache KIE's engine, in a JVM of its own for each call. Its jars and the program that asks it are made ready the first time, under
 * `.local`. It rejects with what KIE says where the model does not keep the OMG's schema, does not compile, or fails on an input.
 */
export async function kieEngine(root: string): Promise<DmnEngine> {
  const jars = join(await mavenLibraries(root, KIE, join(root, '.local/kie-libs')), '*');
  const source = join(root, 'deploy/kie/AskKie.java');
  // The jars bring a compiler, so that a JVM without one will do.
  const classes = await keptFolder(folderFor(join(root, '.local/kie-classes'), source), async (partial) => {
    const compiler = 'org.eclipse.jdt.internal.compiler.batch.Main';
    await run(javaProgram(), ['-cp', jars, compiler, '-17', '-proc:none', '-d', partial, source]);
  });
  return async (model, decision, inputs) => {
    const folder = mkdtempSync(join(tmpdir(), 'sekisho-dmn-'));
    try {
      const file = join(folder, 'model.dmn');
      writeFileSync(file, model);
      return await ask([...HEAP, '-cp', [classes, jars].join(delimiter), 'AskKie', file, decision], inputs);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
}

async function ask(args: readonly string[], inputs: readonly object[]): Promise<unknown[]> {
  const child = spawn(javaProgram(), args, { stdio: 'pipe' });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  // It may end before it has read everything; why, its other output says.
  child.stdin.on('error', () => undefined);
  child.stdin.end(inputs.map((input) => `${JSON.stringify(input)}\n`).join(''));
  const answers: unknown[] = [];
  for await (const line of createInterface({ input: child.stdout })) answers.push(JSON.parse(line));
  const code = await ended;
  if (code !== 0 || answers.length !== inputs.length) throw new Error(`Apache KIE ended with ${code}: ${said.trim()}`);
  return answers;
}
