/** Tells whoever watches what is being done: shown when it begins, and again with its duration when it is done. */
export interface Steps {
  step<Result>(name: string, work: () => Promise<Result>, result?: (value: Result) => string): Promise<Result>;
}

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** On a terminal the line is written over; in a log both stay. */
export function stepsOn(out: NodeJS.WriteStream): Steps {
  const rewrite = out.isTTY ? '\r\u001b[K' : '';
  return {
    step: async (name, work, result) => {
      const started = performance.now();
      out.write(out.isTTY ? `  … ${name}` : `  … ${name}\n`);
      try {
        const value = await work();
        out.write(`${rewrite}  ✓ ${result ? result(value) : name} (${seconds(started)})\n`);
        return value;
      } catch (error) {
        out.write(`${rewrite}  ✗ ${name} (${seconds(started)})\n`);
        throw error;
      }
    },
  };
}

export const silentSteps: Steps = { step: (_name, work) => work() };
