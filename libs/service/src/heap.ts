import { setFlagsFromString } from 'node:v8';

/** In percent of what was live when it was last collected. */
const GROWTH = 150;

/**
 * Has V8 collect its old generation when it has grown to two and a half times of what is live. By itself it lets a heap of this size grow
 * fourfold: under load most of what a request makes outlives the young generation while it waits for its commit, and is garbage then.
 * What it costs cannot be told from noise (`npm run bench -- batch`).
 */
export const keepHeapSmall = (): void => setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
