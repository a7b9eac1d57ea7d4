import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ProblemError } from '@sekisho/service';
import fc from 'fast-check';
import { type BatchLine, inTime, LINE_LIMIT } from './batch-line.js';
import { type Charset, decoded, detectCharset, namedCharset } from './charset.js';
import { columnNames, columnOf, reportOf } from './csv-columns.js';
import { csvLines } from './csv-lines.js';
import { csvRecords } from './csv-records.js';
import { ndjsonLines } from './ndjson-lines.js';

/** Bytes in pieces as a network might bring them. */
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function all(lines: AsyncIterable<BatchLine>): Promise<unknown[]> {
  const seen: unknown[] = [];
  for await (const each of lines)
    seen.push('problem' in each ? [each.line, each.problem.code] : [each.line, each.value]);
  return seen;
}

const ndjson = (text: string | Uint8Array, size = 7) => all(ndjsonLines(inPieces(Buffer.from(text), size)));
const csv = (text: string | Uint8Array, charset?: Charset, size = 7) =>
  all(csvLines(inPieces(Buffer.from(text), size), charset));

describe('lines of NDJSON', () => {
  it('come one by one, wherever the pieces are cut, with and without an end of the last', async () => {
    const text = '\ufeff{"a":"目"}\r\n\n  \n[1]\n"x"';
    for (const size of [1, 2, 3, 5, 1000]) {
      expect(await ndjson(text, size)).toEqual([
        [1, { a: '目' }],
        [4, [1]],
        [5, 'x'],
      ]);
      expect(await ndjson(`${text}\n`, size)).toEqual([
        [1, { a: '目' }],
        [4, [1]],
        [5, 'x'],
      ]);
    }
    expect(await ndjson('')).toEqual([]);
  });

  it('that are no JSON, no UTF-8 or too long are told apart, and the next is read', async () => {
    const long = Buffer.from(`"${'x'.repeat(LINE_LIMIT)}"\n`);
    const bytes = Buffer.concat([
      Buffer.from('{"a":\n'),
      Buffer.from([0x22, 0x8d, 0x22, 0x0a]),
      long,
      Buffer.from('1\n'),
    ]);
    expect(await ndjson(bytes, 65_536)).toEqual([
      [1, 'invalid-request'],
      [2, 'invalid-request'],
      [3, 'body-too-large'],
      [4, 1],
    ]);
  });

  it('that are nested too deeply are refused each for itself, in words that name the bound', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(await ndjson(`1\n${deep}\n2\n`, 65_536)).toEqual([
      [1, 1],
      [2, 'invalid-request'],
      [3, 2],
    ]);
    for await (const line of ndjsonLines(inPieces(Buffer.from(deep), 65_536)))
      expect('problem' in line && line.problem.detail('en')).toContain('64 times');
  });

  it('are those that were written, for any values and any pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue(), { maxLength: 20 }),
        fc.integer({ min: 1, max: 50 }),
        async (values, size) => {
          const read = await ndjson(values.map((value) => `${JSON.stringify(value)}\n`).join(''), size);
          expect(read).toEqual(values.map((value, place) => [place + 1, JSON.parse(JSON.stringify(value))]));
        },
      ),
    );
  });
});

// 件名,管理番号 / 電子カルテ,A-1 / ｶﾙﾃ,A-2 in CP932.
const CP932 = Buffer.from('8c8f96bc2c8ac7979d94d48d860d0a93648e71834a838b83652c412d310d0ab6d9c32c412d320d0a', 'hex');

describe('a sender', () => {
  async function* slowly(pauses: readonly number[]): AsyncGenerator<Uint8Array> {
    for (const milliseconds of pauses) {
      await pause(milliseconds);
      yield Buffer.alloc(10);
    }
  }
  const read = async (pauses: readonly number[], own = 0): Promise<number> => {
    let pieces = 0;
    for await (const _ of inTime(slowly(pauses), 60)) {
      pieces += 1;
      await pause(own);
    }
    return pieces;
  };

  it('that keeps us waiting too long, at once or bit by bit, is cut off; our own time is not counted', async () => {
    await expect(read([0, 200])).rejects.toMatchObject({ code: 'request-timeout' });
    await expect(read(Array<number>(20).fill(10))).rejects.toMatchObject({ code: 'request-timeout' });
    expect(await read([0, 0, 0, 0], 50)).toBe(4);
  });
});

describe('the charset', () => {
  it.each([
    ['text/csv', undefined],
    ['text/csv; charset=utf-8', 'utf-8'],
    ['text/csv;charset="CP932"', 'shift_jis'],
    ['text/csv; header=present; charset=Windows-31J', 'shift_jis'],
  ])('that %s names is %s', (type, charset) => expect(namedCharset(type)).toBe(charset));

  it('that is not known is refused', () =>
    expect(() => namedCharset('text/csv; charset=utf-16')).toThrow(ProblemError));

  it.each([
    ['plain', undefined],
    ['件名', 'utf-8'],
    ['title,件', 'utf-8'],
  ])('of %s is %s', (text, charset) => expect(detectCharset(Buffer.from(text))).toBe(charset));

  it('is CP932 where it can be nothing else', () => expect(detectCharset(CP932)).toBe('shift_jis'));

  it('is not guessed where two-byte sequences could be half-width katakana', () => {
    expect(() => detectCharset(Buffer.from('title,café'))).toThrow(/charset/);
  });

  it('is told from wherever the first of its characters stands', async () => {
    const expected = 'title\n件名,管理番号\r\n電子カルテ,A-1\r\nｶﾙﾃ,A-2\r\n';
    for (const bytes of [
      Buffer.concat([Buffer.from('title\n'), CP932]),
      Buffer.from(expected),
      Buffer.from(`\ufeff${expected}`),
    ]) {
      for (const size of [1, 3, 64, 1000]) {
        let text = '';
        for await (const part of decoded(inPieces(bytes, size), undefined)) text += part;
        expect(text).toBe(expected);
      }
    }
  });
});

describe('records of CSV', () => {
  it.each<[string, Uint8Array, Charset | undefined]>([
    ['UTF-8', Buffer.from('件名,管理番号\r\n電子カルテ,A-1\r\nｶﾙﾃ,A-2\r\n'), undefined],
    ['UTF-8 with a byte order mark', Buffer.from('\ufeff件名,管理番号\n電子カルテ,A-1\nｶﾙﾃ,A-2'), undefined],
    ['CP932', CP932, 'shift_jis'],
  ])('in %s are reports', async (_, bytes, charset) => {
    for (const size of [1, 4, 1000]) {
      expect(await csv(bytes, charset ?? 'utf-8', size)).toEqual([
        [2, { title: '電子カルテ', externalId: 'A-1' }],
        [3, { title: 'ｶﾙﾃ', externalId: 'A-2' }],
      ]);
    }
    expect(await csv(bytes, undefined, 1000)).toHaveLength(2);
  });

  it('keep quoted commas, quotation marks and line breaks', async () => {
    expect(await csv('title,summary\n"a, ""b""","c\nd"\ne,f\n')).toEqual([
      [2, { title: 'a, "b"', summary: 'c\nd' }],
      [4, { title: 'e', summary: 'f' }],
    ]);
  });

  it('that are broken stop none of the others', async () => {
    const text = 'title,summary\na,b\nc\n"d"x,e\nf,\ufffd\ng,h\n';
    expect(await csv(text)).toEqual([
      [2, { title: 'a', summary: 'b' }],
      [3, 'invalid-request'],
      [4, 'invalid-request'],
      [5, 'invalid-request'],
      [6, { title: 'g', summary: 'h' }],
    ]);
  });

  it('are not read where nobody can tell their charset', async () => {
    const seen: unknown[] = [];
    const reading = async (): Promise<void> => {
      for await (const each of csvLines(inPieces(Buffer.from('title\na\ncafé\n'), 7), undefined)) seen.push(each);
    };
    await expect(reading()).rejects.toThrow(/charset/);
    expect(seen).toEqual([{ line: 2, value: { title: 'a' } }]);
  });

  it('are not read where a column is not known', async () => {
    expect(await csv('title,colour\na,red\n')).toEqual([[1, 'invalid-request']]);
  });

  it('that are too long are told so, and the next line is read', async () => {
    for (const size of [4096, 65_536]) {
      expect(await csv(`title\na\n"${'x'.repeat(LINE_LIMIT + 1)}\nb\n`, 'utf-8', size)).toEqual([
        [2, { title: 'a' }],
        [3, 'body-too-large'],
        [4, { title: 'b' }],
      ]);
    }
  });

  it('are those that were written, for any cells and any pieces', async () => {
    const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('"', '""', ',', '\n', '\r\n', 'a"b'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { maxLength: 12 }),
        fc.integer({ min: 1, max: 9 }),
        async (rows, size) => {
          const written = rows.map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(','));
          const read: string[][] = [];
          const bytes = Buffer.from(written.map((row) => `${row}\r\n`).join(''));
          for await (const record of csvRecords(decoded(inPieces(bytes, size), 'utf-8'))) {
            read.push('cells' in record ? [...record.cells] : []);
          }
          expect(read).toEqual(rows.map((cells) => cells.map((text) => text.toWellFormed())));
        },
      ),
    );
  });
});

describe('columns', () => {
  it('have a name in English and in Japanese, numbered where there may be several', () => {
    for (const { path, ja } of columnNames()) {
      for (const [number, place] of [
        ['1', 0],
        ['12', 11],
      ] as const) {
        const steps = path.split('.').map((step) => (step === '#' ? place : step));
        expect([path, columnOf(path.replace('#', number))?.path]).toEqual([path, steps]);
        expect([ja, columnOf(ja.replace('#', number))?.path]).toEqual([ja, steps]);
      }
    }
    expect(columnOf('対象１ 名称')?.path).toEqual(['targets', 0, 'name']);
    expect([columnOf('targets.0.name'), columnOf('targets.1001.name'), columnOf('__proto__')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('make the form, without what is empty', () => {
    const cells = {
      様式: 'ランサムウェア',
      指定事業者: 'いいえ',
      対象1名称: 'a',
      'targets.3.name': 'b',
      サーバ2アドレス: '198.51.100.7',
      サーバ2確度: '80',
      'servers.3.confidence': 'high',
      攻撃手法1: 'T1498',
      提供同意: 'TRUE',
      概要: ' ',
    };
    const columns = Object.keys(cells).map((header) => columnOf(header)!);
    expect(reportOf(columns, Object.values(cells))).toEqual({
      form: 'RANSOMWARE',
      operator: { designated: false },
      targets: [
        { ref: 't1', name: 'a' },
        { ref: 't3', name: 'b' },
      ],
      servers: [
        { ref: 's2', address: '198.51.100.7', confidence: 80 },
        { ref: 's3', confidence: 'high' },
      ],
      ddos: { vectors: ['T1498'] },
      consent: { forward: true },
    });
  });
});

it('the page for partners names every column', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/batches.md'), 'utf8');
  const rows = page.split('\n').map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim().replaceAll('`', ''))
      .filter(Boolean),
  );
  for (const { path, ja } of columnNames()) {
    const named = [path.replaceAll('#', '1'), ja.replaceAll('#', '1')];
    expect([named, rows.some((row) => row.length === 2 && row[0] === named[0] && row[1] === named[1])]).toEqual([
      named,
      true,
    ]);
  }
});
