import { type Fault, isMessageCode, type Language, say, type Values } from '@sekisho/contracts';
import type { z } from 'zod';
import { wordsOf } from './issue-words.js';

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
 * name. An issue whose message names one of the catalogue's is told in those words; other shapes in those of the schema library.
 */
export function faultsOf(
  issues: readonly z.core.$ZodIssue[],
  language: Language,
  part: 'body' | 'query' = 'body',
): Fault[] {
  const at = (path: readonly PropertyKey[]): string => (part === 'query' ? `?${path.join('.')}` : pointer(path));
  return issues.flatMap((issue): Fault[] => {
    if (issue.code === 'unrecognized_keys') {
      const unknown = { code: 'unknown-field', detail: say({ code: 'unknown-field' }, language) };
      return issue.keys.map((key) => ({ pointer: at([...issue.path, key]), ...unknown }));
    }
    const code = issue.code.replaceAll('_', '-');
    if (!isMessageCode(issue.message)) return [{ pointer: at(issue.path), code, detail: wordsOf(issue, language) }];
    const { values } = (issue.code === 'custom' ? issue.params : undefined) ?? {};
    const detail = say({ code: issue.message, values: values as Values }, language);
    // What a library found has its kind as code; what a rule of ours found has a code of its own.
    return [{ pointer: at(issue.path), code: issue.code === 'custom' ? issue.message : code, detail }];
  });
}
