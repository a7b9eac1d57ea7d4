// Where the SQLSTATE is depends on who reports it: `pg` has it as `code` (beside `severity`), Prisma's driver adapters as
// `cause.originalCode`, and Prisma's client wraps that once more in `meta.driverAdapterError`. Prisma's own codes (P2028) look like
// SQLSTATEs (P0001 is one), so a bare five-character code is not enough to know one.

type Fields = Record<string, unknown>;

const fields = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null ? (value as Fields) : undefined;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The error itself and what it wraps, outermost first. */
function layers(error: unknown): Fields[] {
  const found: Fields[] = [];
  const pending: unknown[] = [error];
  while (pending.length > 0 && found.length < 16) {
    const layer = fields(pending.shift());
    if (!layer || found.includes(layer)) continue;
    found.push(layer);
    pending.push(fields(layer['meta'])?.['driverAdapterError'], layer['cause']);
    if (Array.isArray(layer['errors'])) pending.push(...(layer['errors'] as unknown[]));
  }
  return found;
}

const isSqlState = (code: string | undefined): code is string => code !== undefined && /^[0-9A-Z]{5}$/.test(code);

/** SQLSTATE of a database error, whoever reports it; undefined if it is none. */
export function sqlState(error: unknown): string | undefined {
  for (const layer of layers(error)) {
    const original = text(layer['originalCode']);
    if (isSqlState(original)) return original;
    const code = text(layer['code']);
    if (isSqlState(code) && (layer['severity'] !== undefined || layer['kind'] === 'postgres')) return code;
  }
  return undefined;
}

/** Name of the violated constraint. From the message where the driver adapter leaves it out. */
export function constraintName(error: unknown): string | undefined {
  for (const layer of layers(error)) {
    const direct = text(layer['constraint']) ?? text(fields(layer['constraint'])?.['index']);
    if (direct !== undefined) return direct;
    const message =
      text(layer['originalMessage']) ?? (layer['kind'] === 'postgres' ? text(layer['message']) : undefined);
    const named = message === undefined ? undefined : /constraint "([^"]+)"/.exec(message)?.[1];
    if (named !== undefined) return named;
  }
  return undefined;
}

// 08 connection · 53 resources · 57P0x shutdown and start-up · 40001, 40P01 serialisation and deadlock · 55P03 lock · 57014, 25P0x time-outs
const TRANSIENT_STATE = /^(?:08|53|57P0|57014|40001|40P01|55P03|25P03|25P04)/;
const TRANSIENT_PRISMA = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037']);
const TRANSIENT_SOCKET = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
const TRANSIENT_KIND = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'TransactionWriteConflict',
  'TransactionAlreadyClosed',
]);
const TRANSIENT_MESSAGE =
  /Connection terminated|Query read timeout|timeout exceeded when trying to connect|not queryable|Client was closed|server closed the connection|Transaction already closed|Unable to start a transaction/i;

/** Whether the same work may well succeed later: connection lost, no resources, deadlock, a transaction that ran out of time. */
export function isTransient(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return TRANSIENT_STATE.test(state);
  return layers(error).some((layer) => {
    const code = text(layer['code']) ?? text(layer['errorCode']) ?? '';
    return (
      TRANSIENT_PRISMA.has(code) ||
      TRANSIENT_SOCKET.has(code) ||
      TRANSIENT_KIND.has(text(layer['kind']) ?? '') ||
      (layer instanceof Error && TRANSIENT_MESSAGE.test(layer.message))
    );
  });
}
