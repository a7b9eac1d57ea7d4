/** A command of the page, what it is shown to answer, and where that stands. */
export interface ShownCommand {
  readonly command: string;
  readonly output: string;
  readonly line: number;
}

export interface ShownFile {
  readonly path: string;
  readonly content: string;
}

const FENCE = /^```(\w*)\n([^]*?)^```$/gm;

const lineOf = (page: string, index: number): number => page.slice(0, index).split('\n').length;

/** The commands of a page: each begins with `$ ` in a block of the kind `console`, and its output follows. */
export function commandsIn(page: string): ShownCommand[] {
  return [...page.matchAll(FENCE)]
    .filter(([, kind]) => kind === 'console')
    .flatMap(({ index, 2: block = '' }) =>
      block
        .split(/^(?=\$ )/m)
        .filter(Boolean)
        .map((text) => {
          const [first = '', ...rest] = text.split('\n');
          return { command: first.slice('$ '.length), output: rest.join('\n').trimEnd(), line: lineOf(page, index) };
        }),
    );
}

/** The source files of a page: each has its path in a line of its own before it. */
export function filesIn(page: string): ShownFile[] {
  return [...page.matchAll(/^`(\S+\.ts)`\n\n```ts\n([^]*?)^```$/gm)].map(([, path = '', content = '']) => ({
    path,
    content,
  }));
}

/** What an output is to look like: `…` on a line of its own stands for any lines, within a line for anything there. */
export function likeness(output: string): RegExp {
  const lines = output.split('\n').map((line) => {
    if (line.trim() === '…') return null;
    return line
      .split('…')
      .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('.*');
  });
  const pattern = lines.map((line) => (line === null ? '(?:.*\\n)*?' : `${line}\\n`)).join('');
  return new RegExp(`^${pattern}$`);
}
