export interface Engine {
  /** As in DOCKER_HOST. */
  address: string;
  rootless: boolean;
  obstacle?: never;
}
export interface NoEngine {
  obstacle: string;
}
export type Part = 'postgres' | 'kafka';
export const IMAGES: Readonly<Record<Part | 'reaper', string>>;
export function imageName(name: string, env?: NodeJS.ProcessEnv): string;
export function imagesFor(parts: readonly Part[], env?: NodeJS.ProcessEnv): string[];
export function engineAddresses(env?: NodeJS.ProcessEnv, home?: string): string[];
export function findEngine(
  images: readonly string[],
  options?: {
    env?: NodeJS.ProcessEnv;
    say?: (text: string) => void;
    patience?: Readonly<Record<'answer' | 'firstWord' | 'silence' | 'pull', number>>;
  },
): Promise<Engine | NoEngine>;
