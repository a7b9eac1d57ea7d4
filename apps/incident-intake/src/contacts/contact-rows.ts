import { lockKeys } from '@sekisho/persistence';
import type { Contact } from '@sekisho/contracts';
import { onDuty, type Tx } from '../database.js';
import { newKey, sealContact, unwrapKey, type WrappedKey, wrapKey } from './contact-seal.js';
import type { MasterKeys } from './master-keys.js';

const BY = '/incident-intake';
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/**
 * Seals at most `limit` contacts that were written before contacts were sealed; answers of how many. Instances that start together do it
 * one after the other: each report gets one key.
 */
export async function sealPlainContacts(tx: Tx, masters: MasterKeys, limit: number): Promise<number> {
  await lockKeys(tx, ['plain contacts']);
  await onDuty(tx, 'contact-upkeep');
  const rows = await tx.$queryRaw<PlainRow[]>`
    SELECT contact.ref, contact.report_id AS "reportId", contact.organisation_id AS "organisationId", contact.correlation_id AS "correlationId",
           name, email, phone, master, wrapped
      FROM contact
      LEFT JOIN contact_key ON contact_key.report_id = contact.report_id AND contact_key.version = key_version
     WHERE sealed IS NULL ORDER BY ref LIMIT ${limit}`;
  const keys = new Map<string, Buffer>();
  const added: NewKeyRow[] = [];
  const sealed = rows.map(({ ref, reportId, name, email, phone, master, wrapped, ...recorded }) => {
    const place = { reportId, version: 1 };
    let key = keys.get(reportId);
    if (key === undefined && master !== null) key = unwrapKey(masters, { master, wrapped: wrapped! }, place);
    if (key === undefined) {
      key = newKey();
      added.push({ ...recorded, reportId, ...wrapKey(masters, key, place) });
    }
    keys.set(reportId, key);
    const contact: Contact = { name, email, ...(phone === null ? {} : { phone }) };
    return { ref, sealed: base64(sealContact(key, contact, { reportId, ref })) };
  });
  await tx.$executeRaw`
    INSERT INTO contact_key (report_id, organisation_id, master, wrapped, recorded_by, correlation_id)
    SELECT report_id, organisation_id, master, decode(wrapped, 'base64'), ${BY}, correlation_id
      FROM unnest(${added.map(({ reportId }) => reportId)}::uuid[], ${added.map(({ organisationId }) => organisationId)}::text[],
                  ${added.map(({ master }) => master)}::text[], ${added.map(({ wrapped }) => base64(wrapped))}::text[],
                  ${added.map(({ correlationId }) => correlationId)}::text[])
           AS added (report_id, organisation_id, master, wrapped, correlation_id)`;
  await tx.$executeRaw`
    UPDATE contact SET sealed = decode(given.sealed, 'base64'), name = NULL, email = NULL, phone = NULL
      FROM unnest(${sealed.map(({ ref }) => ref)}::uuid[], ${sealed.map((one) => one.sealed)}::text[]) AS given (ref, sealed)
     WHERE contact.ref = given.ref`;
  return rows.length;
}

interface PlainRow {
  readonly ref: string;
  readonly reportId: string;
  readonly organisationId: string;
  readonly correlationId: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  readonly master: string | null;
  readonly wrapped: Uint8Array | null;
}

type NewKeyRow = Pick<PlainRow, 'reportId' | 'organisationId' | 'correlationId'> & WrappedKey;

/**
 * Brings at most `limit` keys under the current master key that are kept under an earlier one which is still known; answers of how many.
 * Those that another transaction holds are left to it.
 */
export async function rewrapKeys(tx: Tx, masters: MasterKeys, limit: number): Promise<number> {
  const earlier = masters.names.filter((name) => name !== masters.current);
  if (earlier.length === 0) return 0;
  await onDuty(tx, 'contact-upkeep');
  const rows = await tx.$queryRaw<({ reportId: string; version: number } & WrappedKey)[]>`
    SELECT report_id AS "reportId", version, master, wrapped FROM contact_key
     WHERE master = ANY (${earlier}::text[]) LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
  const anew = rows.map((row) => wrapKey(masters, unwrapKey(masters, row, row), row));
  await tx.$executeRaw`
    UPDATE contact_key SET master = ${masters.current}, wrapped = decode(anew.wrapped, 'base64')
      FROM unnest(${rows.map(({ reportId }) => reportId)}::uuid[], ${rows.map(({ version }) => version)}::int[],
                  ${anew.map(({ wrapped }) => base64(wrapped))}::text[]) AS anew (report_id, version, wrapped)
     WHERE contact_key.report_id = anew.report_id AND contact_key.version = anew.version`;
  return rows.length;
}

/** Names of all master keys under which keys are kept. Each is found by the index: however many keys there are. */
export async function mastersInUse(tx: Tx): Promise<string[]> {
  await onDuty(tx, 'contact-upkeep');
  const rows = await tx.$queryRaw<{ master: string }[]>`
    WITH RECURSIVE used AS (
      SELECT min(master) AS master FROM contact_key
      UNION ALL
      SELECT (SELECT min(master) FROM contact_key WHERE contact_key.master > used.master) FROM used WHERE used.master IS NOT NULL
    ) SELECT master FROM used WHERE master IS NOT NULL`;
  return rows.map(({ master }) => master);
}
