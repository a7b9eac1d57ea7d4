import { DOCUMENT_CONTENT, MEDIA_TYPES, render } from './index.js';

it.each(MEDIA_TYPES)('%s says what it is', async (type) => {
  const { contentType, body } = await render({ language: 'ja', title: '説明', blocks: [] }, type, new Date(0));
  expect(contentType.startsWith(type)).toBe(true);
  expect(type === 'application/pdf' ? Buffer.isBuffer(body) : String(body).includes('説明')).toBe(true);
  expect(DOCUMENT_CONTENT[type].schema.type).toBe('string');
});
