import { z } from 'zod';

interface Kind {
  readonly status: number;
  readonly title: { readonly en: string; readonly ja: string };
}

/** Every kind of problem that an answer may name; the key is the stable part of its `type`. */
export const PROBLEMS = {
  'invalid-request': { status: 400, title: { en: 'The request has faults', ja: 'リクエストに誤りがあります' } },
  'not-authenticated': { status: 401, title: { en: 'No valid token', ja: '有効なトークンがありません' } },
  'not-permitted': { status: 403, title: { en: 'Your role may not do this', ja: 'この操作の権限がありません' } },
  'not-found': { status: 404, title: { en: 'There is no such resource', ja: '該当するものがありません' } },
  'method-not-allowed': {
    status: 405,
    title: { en: 'This route has no such method', ja: 'この方法では呼び出せません' },
  },
  'not-acceptable': {
    status: 406,
    title: { en: 'Not given out in any accepted form', ja: '指定された形式では提供していません' },
  },
  'request-timeout': {
    status: 408,
    title: { en: 'The request came too slowly', ja: 'リクエストの受信に時間がかかりすぎました' },
  },
  'body-too-large': { status: 413, title: { en: 'The body is too large', ja: '本文が大きすぎます' } },
  'address-too-long': { status: 414, title: { en: 'The address is too long', ja: 'URL が長すぎます' } },
  'headers-too-large': { status: 431, title: { en: 'The headers are too large', ja: 'ヘッダーが大きすぎます' } },
  'unsupported-media-type': {
    status: 415,
    title: { en: 'The content type is not understood', ja: '内容の形式を解釈できません' },
  },
  'same-person': {
    status: 409,
    title: { en: 'A second, different person is needed', ja: '別の人による確認が必要です' },
  },
  'stale-scope': {
    status: 409,
    title: { en: 'The digest is not the current one', ja: '指定されたダイジェストは最新ではありません' },
  },
  'fact-contested': {
    status: 409,
    title: { en: 'A fact is contested', ja: '事実関係に争いがあります' },
  },
  'illegal-transition': {
    status: 409,
    title: { en: 'Not possible in the present state', ja: '現在の状態では行えません' },
  },
  'safeguards-missing': { status: 409, title: { en: 'Safeguards are missing', ja: '必要な手続がそろっていません' } },
  conflict: { status: 409, title: { en: 'This contradicts what is on record', ja: '既存の記録と矛盾します' } },
  'no-meeting-fits': {
    status: 409,
    title: { en: 'No time fits the members', ja: '出席者の都合に合う時間がありません' },
  },
  'precondition-failed': {
    status: 412,
    title: { en: 'It has changed since you read it', ja: '取得後に変更されています' },
  },
  'idempotency-mismatch': {
    status: 422,
    title: { en: 'This key was used for another body', ja: 'このキーは別の内容に使われています' },
  },
  'not-registered': {
    status: 422,
    title: { en: 'The register does not have this organisation', ja: '登録簿にない組織です' },
  },
  'precondition-required': {
    status: 428,
    title: { en: 'Say which revision you have read', ja: 'どの版を取得したかを示してください' },
  },
  'too-many-requests': { status: 429, title: { en: 'Too many requests', ja: 'リクエストが多すぎます' } },
  'internal-error': { status: 500, title: { en: 'Something failed on our side', ja: '内部で障害が起きました' } },
  unavailable: {
    status: 503,
    title: { en: 'Not available just now; try again', ja: '現在利用できません。後でもう一度お試しください' },
  },
} as const satisfies Record<string, Kind>;

export type ProblemCode = keyof typeof PROBLEMS;

export const problemType = (code: ProblemCode): string => `urn:sekisho:problem:${code}`;

/** One fault of a request: where (JSON pointer into the body, or `?name` of the query) and what. */
export const fault = z.object({ pointer: z.string(), code: z.string(), detail: z.string() });
export type Fault = z.infer<typeof fault>;

/** What is accepted and yet may be wrong, or not what the sender expects: told like a fault. */
export const warning = fault;
export type Warning = Fault;

/** RFC 9457 problem details. */
export const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string().optional(),
  errors: z.array(fault).optional(),
});
export type Problem = z.infer<typeof problem>;
