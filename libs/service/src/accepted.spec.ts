import { acceptedType } from './accepted.js';

const TYPES = ['text/markdown', 'text/plain', 'text/html', 'application/pdf'] as const;

it.each([
  [undefined, 'text/markdown'],
  ['', 'text/markdown'],
  ['*/*', 'text/markdown'],
  ['text/*', 'text/markdown'],
  ['application/*', 'application/pdf'],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'],
  ['text/plain;q=0.4, application/pdf;q=0.9', 'application/pdf'],
  ['TEXT/HTML', 'text/html'],
  ['text/markdown;q=0, */*', 'text/plain'],
  ['application/json', undefined],
  ['application/pdf;q=0', undefined],
  ['nonsense', undefined],
])('of %p the best is %p', (accept, type) => expect(acceptedType(TYPES, accept)).toBe(type));
