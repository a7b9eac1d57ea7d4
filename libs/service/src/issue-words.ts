import { type Language, type Message, say, TYPES } from '@sekisho/contracts';
import { z } from 'zod';

const locales = { en: z.locales.en().localeError, ja: z.locales.ja().localeError };

const typeOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'array';
  if (value === null) return 'null';
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : typeof value;
};

const named = (type: string, language: Language): string =>
  Object.hasOwn(TYPES, type) ? TYPES[type as keyof typeof TYPES][language] : type;

/** Bounds of what is counted: characters, entries, or the value itself. */
function ofSize(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): Message | undefined {
  const list = issue.origin === 'array' || issue.origin === 'set';
  if (issue.inclusive === false) return undefined;
  if (!list && !['string', 'number', 'int'].includes(issue.origin)) return undefined;
  if (issue.code === 'too_big') {
    const values = { maximum: Number(issue.maximum) };
    return { code: list ? 'many-items' : issue.origin === 'string' ? 'long-text' : 'large-number', values };
  }
  const values = { minimum: Number(issue.minimum) };
  if (list) return { code: 'few-items', values };
  if (issue.origin === 'string') return issue.minimum === 1 ? { code: 'empty-text' } : { code: 'short-text', values };
  return { code: 'small-number', values };
}

function messageOf(issue: z.core.$ZodIssue, language: Language): Message | undefined {
  switch (issue.code) {
    case 'invalid_type': {
      if ('input' in issue && issue.input === undefined) return { code: 'missing' };
      if (!('input' in issue)) return undefined;
      const values = { expected: named(issue.expected, language), received: named(typeOf(issue.input), language) };
      return { code: 'wrong-type', values };
    }
    case 'invalid_value':
      if ('input' in issue && issue.input === undefined) return { code: 'missing' };
      return {
        code: 'not-one-of',
        values: { options: issue.values.map(String).join(language === 'ja' ? '、' : ', ') },
      };
    case 'too_small':
    case 'too_big':
      return ofSize(issue);
    case 'invalid_format':
      return issue.format === 'email' ? { code: 'not-an-email' } : undefined;
    default:
      return undefined;
  }
}

/** What an issue of the schema library says to people; in that library's own words where the catalogue has none for its kind. */
export function wordsOf(issue: z.core.$ZodIssue, language: Language): string {
  const message = messageOf(issue, language);
  if (message !== undefined) return say(message, language);
  const { message: said, ...raw } = issue;
  const words = issue.code === 'custom' ? undefined : locales[language](raw as z.core.$ZodRawIssue);
  return typeof words === 'string' ? words : (words?.message ?? said);
}
