import { pageOf, positionOf } from './paging.js';

const id = '01a20627-0f8c-7bda-9d26-7ebab19905c8';
const cursor = (position: string): string => Buffer.from(position).toString('base64url');

describe('paging', () => {
  it('gives a cursor where there is more, and takes it back', () => {
    const page = pageOf(
      [{ id }, { id: 'next' }],
      1,
      (row) => row.id,
      (row) => row.id,
    );
    expect(page).toEqual({ items: [id], next: cursor(id) });
    expect(positionOf(page.next!)).toBe(id);
    expect(
      pageOf(
        [{ id }],
        1,
        (row) => row.id,
        (row) => row.id,
      ).next,
    ).toBeNull();
  });

  it.each(['-'.repeat(36), 'x', '', `${id}0`])('refuses a forged position %p', (position) => {
    expect(() => positionOf(cursor(position))).toThrow('is not a cursor of this list');
  });
});
