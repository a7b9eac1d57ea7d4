import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The typeface of every document: made for easy reading, with Latin and Japanese, under the SIL Open Font License. */
const FONTS = {
  regular: '@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf',
  bold: '@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf',
} as const;
export type FontName = keyof typeof FONTS;

const { resolve } = createRequire(import.meta.url);
const read = new Map<FontName, Buffer>();

/** The whole font, read once; a document gets only the glyphs that it uses. */
export function fontFile(name: FontName): Buffer {
  const known = read.get(name) ?? readFileSync(resolve(FONTS[name]));
  read.set(name, known);
  return known;
}
