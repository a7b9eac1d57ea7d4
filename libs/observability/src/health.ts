/** One thing that must hold for a service to be ready; answers what is wrong, or nothing. */
export interface ReadinessCheck {
  readonly name: string;
  readonly check: () => Promise<string | undefined>;
}

export interface Readiness {
  readonly ready: boolean;
  readonly checks: { readonly name: string; readonly ok: boolean; readonly detail?: string }[];
}

/** Asks every check, each for at most two seconds. A check that throws or does not answer has failed. */
export async function readiness(checks: readonly ReadinessCheck[]): Promise<Readiness> {
  const answers = await Promise.all(
    checks.map(async ({ name, check }) => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<string>((resolve) => {
        timer = setTimeout(() => resolve('no answer within 2 s'), 2000);
      });
      const detail = await Promise.race([
        check().catch((error: unknown) => (error instanceof Error ? error.message : String(error))),
        late,
      ]);
      clearTimeout(timer);
      return detail === undefined ? { name, ok: true } : { name, ok: false, detail };
    }),
  );
  return { ready: answers.every((answer) => answer.ok), checks: answers };
}
