import { TextDecoder } from 'node:util';
import { ProblemError } from '@sekisho/service';

/** How a body of text is written; CP932 is what Japanese spreadsheets mean by Shift_JIS. */
export type Charset = 'utf-8' | 'shift_jis';

const NAMES: Readonly<Record<string, Charset>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  cp932: 'shift_jis',
  'windows-31j': 'shift_jis',
  shift_jis: 'shift_jis',
  'shift-jis': 'shift_jis',
  sjis: 'shift_jis',
  ms932: 'shift_jis',
};

/** The charset that a content type names. Undefined where it names none; throws a problem for one that is not known. */
export function namedCharset(contentType: string): Charset | undefined {
  const [, name] = /;\s*charset="?([^";\s]+)"?/i.exec(contentType) ?? [];
  if (name === undefined) return undefined;
  const known = NAMES[name.toLowerCase()];
  if (known) return known;
  throw new ProblemError('unsupported-media-type', `The charset ${name} is not known; UTF-8 and CP932 are.`);
}

function decodes(charset: Charset, bytes: Uint8Array): string | undefined {
  try {
    // The end may lie within a character.
    return new TextDecoder(charset, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

/**
 * The charset of some text by its first bytes beyond ASCII; undefined while there are none. Bytes that are well-formed in both are told
 * apart only where UTF-8 makes Japanese of them: two-byte sequences alone are as good as half-width katakana. Throws a problem where
 * nobody could tell.
 */
export function detectCharset(bytes: Uint8Array): Charset | undefined {
  const first = bytes.findIndex((byte) => byte > 0x7f);
  if (first < 0) return undefined;
  const utf8 = decodes('utf-8', bytes.subarray(first));
  const cp932 = decodes('shift_jis', bytes.subarray(first));
  if (utf8 !== undefined && (cp932 === undefined || /[\u0800-\uffff]/.test(utf8))) return 'utf-8';
  if (utf8 === undefined && cp932 !== undefined) return 'shift_jis';
  throw new ProblemError(
    'unsupported-media-type',
    'The charset cannot be told from the text; name it, as in text/csv; charset=utf-8.',
  );
}

/** So much beyond ASCII tells; the first few bytes may not. */
const ENOUGH = 256;

/** Text of bytes as they come, in the charset that is named or can be told. What is no character in it becomes U+FFFD. */
export async function* decoded(body: AsyncIterable<Uint8Array>, named: Charset | undefined): AsyncGenerator<string> {
  let decoder = named && new TextDecoder(named);
  let unknown: Uint8Array = new Uint8Array();
  for await (const chunk of body) {
    if (decoder) {
      yield decoder.decode(chunk, { stream: true });
      continue;
    }
    unknown = Buffer.concat([unknown, chunk]);
    const first = unknown.findIndex((byte) => byte > 0x7f);
    const told = first < 0 ? unknown.length : first;
    // All that came before is ASCII, the same in both.
    yield Buffer.from(unknown.subarray(0, told)).toString('latin1');
    unknown = unknown.subarray(told);
    if (unknown.length < ENOUGH) continue;
    decoder = new TextDecoder(detectCharset(unknown));
    yield decoder.decode(unknown, { stream: true });
  }
  if (decoder) yield decoder.decode();
  else if (unknown.length > 0) yield new TextDecoder(detectCharset(unknown)).decode(unknown);
}
