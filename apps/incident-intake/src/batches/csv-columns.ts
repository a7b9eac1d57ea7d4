/** Columns of a CSV batch: where each stands in the report form, its name in Japanese, and how its cells are read. `#` is a number from 1. */
const COLUMNS: readonly (readonly [path: string, ja: string, read?: Read])[] = [
  ['externalId', '管理番号'],
  ['form', '様式', words({ DDoS攻撃: 'DDOS', ランサムウェア: 'RANSOMWARE', その他: 'OTHER' })],
  ['stage', '報告段階', words({ 速報: 'INITIAL', 続報: 'FOLLOW_UP', 確報: 'FINAL' })],
  ['basis', '報告根拠', words({ 義務: 'MANDATORY', 任意: 'VOLUNTARY' })],
  ['tlp', 'TLP'],
  ['title', '件名'],
  ['summary', '概要'],
  ['occurredAt', '発生日時'],
  ['recognisedAt', '認知日時'],
  ['operator.name', '事業者名'],
  ['operator.sector', '事業者分野'],
  ['operator.designated', '指定事業者', truth],
  ['contact.name', '連絡先氏名'],
  ['contact.email', '連絡先メール'],
  ['contact.phone', '連絡先電話'],
  ['targets.#.ref', '対象#記号'],
  ['targets.#.name', '対象#名称'],
  ['targets.#.kind', '対象#種別'],
  ['targets.#.sector', '対象#分野'],
  ['targets.#.country', '対象#国'],
  ['servers.#.ref', 'サーバ#記号'],
  ['servers.#.address', 'サーバ#アドレス'],
  ['servers.#.country', 'サーバ#国'],
  ['servers.#.role', 'サーバ#役割'],
  ['servers.#.confidence', 'サーバ#確度', number],
  ['impact.services', '業務影響', words({ なし: 'NONE', 低下: 'DEGRADED', 停止: 'HALTED', 不明: 'UNKNOWN' })],
  ['impact.usersAffected', '影響利用者数', number],
  ['impact.personalData', '個人データ', words({ あり: 'TRUE', なし: 'FALSE', 不明: 'UNKNOWN' })],
  ['indicators.#.type', '痕跡#種別'],
  ['indicators.#.value', '痕跡#値'],
  ['ddos.vectors.#', '攻撃手法#'],
  ['ddos.peakGbps', '最大Gbps', number],
  ['ddos.durationMinutes', '継続分数', number],
  ['ddos.mitigation', '対処内容'],
  ['ransomware.family', 'ランサムウェア名'],
  ['ransomware.extension', '暗号化拡張子'],
  ['ransomware.note', '脅迫文'],
  ['ransomware.entryRoute', '侵入経路'],
  ['consent.forward', '提供同意', truth],
  ['consent.at', '同意日時'],
];

type Read = (cell: string) => unknown;
type Path = readonly (string | number)[];

/** A column of one batch. */
export interface Column {
  readonly path: Path;
  readonly read: Read;
}

/** What is no number stays text: the form then says what is wrong with it, and where. */
function number(cell: string): unknown {
  return /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell;
}

function truth(cell: string): unknown {
  const known: Readonly<Record<string, boolean>> = { true: true, false: false, はい: true, いいえ: false };
  return Object.hasOwn(known, cell.toLowerCase()) ? known[cell.toLowerCase()] : cell;
}

function words(known: Readonly<Record<string, string>>): Read {
  return (cell) => (Object.hasOwn(known, cell) ? known[cell] : cell);
}

const plain: Read = (cell) => cell;
const MOST_ITEMS = 1_000;

const BY_NAME = new Map(
  COLUMNS.flatMap(([path, ja, read = plain]) =>
    [path, ja].map((name): [string, { path: string; read: Read }] => [name.toLowerCase(), { path, read }]),
  ),
);

/** The column that a header names, in either language; undefined where there is none of that name. */
export function columnOf(header: string): Column | undefined {
  const name = header.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
  // Without a number in it, a name is of the first.
  const [, digits] = /(?<=[^\w]|\.)(\d+)/.exec(name) ?? [];
  const place = digits === undefined ? 0 : Number(digits) - 1;
  if (place < 0 || place >= MOST_ITEMS) return undefined;
  const known = BY_NAME.get(name) ?? BY_NAME.get(digits === undefined ? name : name.replace(digits, '#'));
  if (!known) return undefined;
  return { path: known.path.split('.').map((step) => (step === '#' ? place : step)), read: known.read };
}

const LISTS: Readonly<Record<string, string>> = { targets: 't', servers: 's' };

/** The report that a record's cells make. Empty cells are left out; targets and servers without a name of their own are named t1, s1 and so on. */
export function reportOf(columns: readonly Column[], cells: readonly string[]): unknown {
  const report: Record<string, unknown> = {};
  for (const [place, { path, read }] of columns.entries()) {
    const cell = cells[place]?.trim() ?? '';
    if (cell !== '') put(report, path, read(cell));
  }
  for (const [list, initial] of Object.entries(LISTS)) {
    const items = report[list] as { ref?: string }[] | undefined;
    items?.forEach((item, place) => (items[place] = { ref: `${initial}${place + 1}`, ...item }));
  }
  return closed(report);
}

function put(into: Record<string | number, unknown>, [step, ...rest]: Path, value: unknown): void {
  if (rest.length === 0) into[step!] = value;
  else put((into[step!] ??= typeof rest[0] === 'number' ? [] : {}) as Record<string, unknown>, rest, value);
}

/** Lists without the places that nothing was said of. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== undefined).map(closed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, closed(item)]));
}

/** Every column by its names, for the documentation. */
export const columnNames = (): { path: string; ja: string }[] => COLUMNS.map(([path, ja]) => ({ path, ja }));
