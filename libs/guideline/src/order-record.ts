import type { Executor } from './determination.js';

export const RETURN_KINDS = [
  'ACKNOWLEDGED',
  'DECLINED',
  'STARTED',
  'COMPLETED',
  'FAILED',
  'NOT_EXECUTED',
  'STOPPED',
] as const;
export type ReturnKind = (typeof RETURN_KINDS)[number];
export type Agency = 'agency-npa' | 'agency-sdf';

/** What has become of an order so far. Every instant is RFC 3339 with offset; null is: not yet. */
export interface OrderRecord {
  scopeDigest: string;
  executor: Executor;
  issuedAt: string;
  acknowledgeBy: string;
  notAfter: string;
  returns: { agency: Agency; kind: ReturnKind; at: string }[];
  stops: { requestedAt: string; answerBy: string }[];
  /** When the commission was notified of an urgent act. */
  notifiedAt: string | null;
  /** When a ruling that the act was not justified was answered. */
  rulingAnsweredAt: string | null;
  /** When the order fell before anything was done under it: revoked, or declined by the other agency. */
  fellAt: string | null;
}
