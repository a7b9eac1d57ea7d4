import { eastAsianWidth } from 'get-east-asian-width';

/** What may not begin a line, and what may not end one (禁則). */
const NOT_FIRST = /^[、。，．・：；？！）」』】〉》〕］｝ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ),.:;?!\]}]/u;
const NOT_LAST = /[（「『【〈《〔［｛([{]$/u;

/** Columns on a terminal or in a plain text: a full-width character takes two. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + eastAsianWidth(character.codePointAt(0)!), 0);

/**
 * Lines of at most `width` columns. Words of narrow characters stay whole, wide text breaks between characters but not before or after
 * brackets and stops; a word that is longer than a line is cut.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of piecesOf(text, width)) {
    if (widthOf(line + piece.trimEnd()) <= width) {
      line += piece;
      continue;
    }
    lines.push(line.trimEnd());
    line = piece.trimStart();
  }
  return [...lines, line.trimEnd()];
}

/** What is not to be taken apart; a blank belongs to the piece before it. */
function piecesOf(text: string, width: number): string[] {
  const pieces: string[] = [];
  for (const part of text.match(/[!-~\u00a1-\u024f]+\s*|[^!-~\u00a1-\u024f]\s*/gu) ?? []) {
    const last = pieces.at(-1);
    if (last !== undefined && (NOT_FIRST.test(part) || NOT_LAST.test(last)) && !/\s$/.test(last)) {
      pieces[pieces.length - 1] = last + part;
    } else pieces.push(part);
  }
  return pieces.flatMap((piece) => cut(piece, width));
}

function cut(piece: string, width: number): string[] {
  if (widthOf(piece.trimEnd()) <= width) return [piece];
  const cuts = [''];
  for (const character of piece) {
    if (widthOf(cuts.at(-1)! + character) > width) cuts.push('');
    cuts[cuts.length - 1] += character;
  }
  return cuts;
}
