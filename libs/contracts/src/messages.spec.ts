import { isMessageCode, MESSAGES, say, tell } from './messages.js';

const placeholders = (words: string): string[] => [...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();

describe('the catalogue of messages', () => {
  it.each(Object.entries(MESSAGES))('%s is said in both languages, with the same values in it', (code, { en, ja }) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(ja).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
    expect(en).not.toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
    expect(placeholders(ja)).toEqual(placeholders(en));
  });

  it('puts values in as they are, whatever they look like', () => {
    const finding = { pointer: '/basis', code: 'sector-differs', values: { registered: '{registered} $1' } } as const;
    expect(tell(finding, 'en')).toEqual({
      pointer: '/basis',
      code: 'sector-differs',
      detail: 'differs from the register, which says {registered} $1',
    });
    expect(say({ code: 'sector-differs' }, 'ja')).toContain('?');
  });

  it('has words for what an earlier release kept and this one does not know', () => {
    expect(isMessageCode('toString')).toBe(false);
    expect(say({ code: 'gone-since' as never }, 'ja')).toBe('gone-since');
  });
});
