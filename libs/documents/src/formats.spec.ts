import { acceptedFormat, FORMATS, MEDIA_TYPES, render } from './index.js';

it.each([
  [undefined, 'md'],
  ['', 'md'],
  ['*/*', 'md'],
  ['text/*', 'md'],
  ['application/*', 'pdf'],
  ['application/pdf', 'pdf'],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'html'],
  ['text/plain;q=0.4, application/pdf;q=0.9', 'pdf'],
  ['TEXT/HTML', 'html'],
  ['text/markdown;q=0, */*', 'text'],
  ['application/json', null],
  ['application/pdf;q=0', null],
  ['nonsense', null],
])('of %p the best is %p', (accept, format) => expect(acceptedFormat(accept)).toBe(format));

it.each(FORMATS)('%s says what it is', async (format) => {
  const { contentType, body } = await render({ language: 'ja', title: '説明', blocks: [] }, format, new Date(0));
  expect(contentType).toMatch(MEDIA_TYPES[format]);
  expect(format === 'pdf' ? Buffer.isBuffer(body) : String(body).includes('説明')).toBe(true);
});
