import { invalid } from './problem-error.js';

/** How deeply JSON may be nested; the deepest of our own forms has less than ten levels. */
export const DEPTH_LIMIT = 64;

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('"\\[]{}');

/**
 * Throws a problem where JSON in UTF-8 is nested deeper than {@link DEPTH_LIMIT}, before it is parsed: much that is done with a value goes
 * into its depth by recursion. What is no JSON at all is for the parser to refuse.
 */
export function refuseDeepJson(bytes: Uint8Array): void {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (quoted) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE) quoted = true;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      depth += 1;
      if (depth > DEPTH_LIMIT) throw invalid([{ pointer: '', code: 'deep-json', values: { maximum: DEPTH_LIMIT } }]);
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth -= 1;
  }
}
