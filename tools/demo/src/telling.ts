/** One step as it is told: what happened, who did it, on which provision, how to look at it. */
export interface Step {
  readonly what: string;
  readonly who: string;
  readonly provision?: string;
  /** Said where something is not in the public record. */
  readonly invented?: string;
  readonly look?: string;
  readonly detail?: readonly string[];
}

/** `npm run sekisho -- get URL --as CLIENT`, ready to paste. */
export const look = (url: string, client: string): string => `npm run sekisho -- get '${url}' --as ${client}`;

/** Tells the steps on a stream as they happen and keeps them for a later start. */
export class Telling {
  readonly steps: Step[] = [];

  constructor(private readonly write: (text: string) => void) {}

  tell(step: Step): void {
    this.steps.push(step);
    this.write(rendered(step, this.steps.length));
  }
}

export function rendered(step: Step, number: number): string {
  const rows: [string, string | undefined][] = [
    ['who', step.who],
    ['on', step.provision],
    ['invented', step.invented],
    ...(step.detail ?? []).map((line): [string, string] => ['', line]),
    ['look', step.look],
  ];
  const lines = rows.flatMap(([label, text]) => (text === undefined ? [] : [`      ${label.padEnd(9)} ${text}`]));
  return `\n ${String(number).padStart(2)}  ${step.what}\n${lines.join('\n')}\n`;
}
