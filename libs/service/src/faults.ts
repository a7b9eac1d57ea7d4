import type { Fault } from '@sekisho/contracts';
import { z } from 'zod';

export type Language = 'en' | 'ja';

const locales = { en: z.locales.en().localeError, ja: z.locales.ja().localeError };

const escapeToken = (segment: PropertyKey): string => String(segment).replaceAll('~', '~0').replaceAll('/', '~1');
const pointer = (path: readonly PropertyKey[]): string => path.map((segment) => `/${escapeToken(segment)}`).join('');

/** The language that an `Accept-Language` header prefers of the two that an official reads; English where it names neither. */
export function preferredLanguage(header: string | undefined): Language {
  const ranked = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return ranked.find(({ language }) => language === 'ja' || language === 'en')?.language === 'ja' ? 'ja' : 'en';
}

/**
 * Every fault that a schema found, with a JSON pointer into the body, or `?name` of a query; an unknown field is pointed at by its own
 * name.
 */
export function faultsOf(
  issues: readonly z.core.$ZodIssue[],
  language: Language,
  part: 'body' | 'query' = 'body',
): Fault[] {
  const at = (path: readonly PropertyKey[]): string => (part === 'query' ? `?${path.join('.')}` : pointer(path));
  return issues.flatMap((issue): Fault[] => {
    if (issue.code === 'unrecognized_keys') {
      const detail = language === 'ja' ? '定義されていない項目です' : 'is not a field of this form';
      return issue.keys.map((key) => ({ pointer: at([...issue.path, key]), code: 'unknown-field', detail }));
    }
    const { message: said, ...raw } = issue;
    const localised = issue.code === 'custom' ? undefined : locales[language](raw as z.core.$ZodRawIssue);
    const detail = typeof localised === 'string' ? localised : (localised?.message ?? said);
    return [{ pointer: at(issue.path), code: issue.code.replaceAll('_', '-'), detail }];
  });
}
