import type { Words } from '../provision.js';
import type { Language } from './explanation.js';

/** A sentence of a phrase that begins small and ends without a stop. */
export function sentence(phrase: string, language: Language): string {
  return language === 'ja' ? `${phrase}。` : `${capital(phrase)}.`;
}

export const capital = (phrase: string): string => phrase.slice(0, 1).toUpperCase() + phrase.slice(1);

/** Sentences one after the other. */
export const together = (sentences: readonly string[], language: Language): string =>
  sentences.join(language === 'ja' ? '' : ' ');

/** `a, b` and `a、b`. */
export const listed = (items: readonly string[], language: Language): string =>
  items.join(language === 'ja' ? '、' : ', ');

/** `a, b or c` and `a、b又はc`; `and` likewise. */
export function joined(items: readonly string[], by: 'or' | 'and', language: Language): string {
  if (items.length < 2) return items.join();
  const between: Words = by === 'or' ? { en: ' or ', ja: '又は' } : { en: ' and ', ja: '及び' };
  return `${listed(items.slice(0, -1), language)}${between[language]}${items.at(-1)!}`;
}

/** What stands beside a statement: `statement (aside)`. */
export const beside = (statement: string, aside: string, language: Language): string =>
  aside === '' ? statement : language === 'ja' ? `${statement}（${aside}）` : `${statement} (${aside})`;

/** Something and what is said of it: `name: said`. */
export const saidOf = (name: string, said: string, language: Language): string =>
  language === 'ja' ? `${name}：${said}` : `${name}: ${said}`;
