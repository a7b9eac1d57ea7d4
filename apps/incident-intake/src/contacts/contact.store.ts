import { Injectable } from '@nestjs/common';
import type { Contact } from '@sekisho/contracts';
import type { Tx } from '../database.js';
import type { Provenance } from '../revisions/revision.store.js';
import { newKey, openContact, sealContact, unwrapKey, type WrappedKey, wrapKey } from './contact-seal.js';
import { MasterKeys } from './master-keys.js';

/** Whom to contact, or since when nobody can say any more. */
export type KeptContact =
  | { readonly contact: Contact; readonly contactErasedAt?: never }
  | { readonly contact: null; readonly contactErasedAt: string };

/** A new report's contact and the first of its keys, as they are kept. */
export interface SealedContact extends WrappedKey {
  readonly sealed: Uint8Array;
}

const FIRST = 1;

/** Whom to contact, sealed under a key of the report. Row-level security shows each organisation its own, whatever is asked. */
@Injectable()
export class ContactStore {
  constructor(private readonly masters: MasterKeys) {}

  /** Of a report that is not stored yet. */
  seal(contact: Contact, place: { reportId: string; contactRef: string }): SealedContact {
    const { reportId, contactRef: ref } = place;
    const key = newKey();
    return {
      ...wrapKey(this.masters, key, { reportId, version: FIRST }),
      sealed: sealContact(key, contact, { reportId, ref }),
    };
  }

  /** Throws where there is no such contact, or it cannot be opened although it was not erased. */
  async find(tx: Tx, ref: string): Promise<KeptContact> {
    const [row] = await tx.$queryRaw<Row[]>`
      SELECT contact.report_id AS "reportId", key_version AS version, sealed, master, wrapped, erased_at AS "erasedAt"
        FROM contact
        LEFT JOIN contact_key ON contact_key.report_id = contact.report_id AND contact_key.version = key_version
        LEFT JOIN contact_erasure_confirmation AS erased ON erased.report_id = contact.report_id AND erased.version = key_version
       WHERE ref = ${ref}::uuid`;
    if (row === undefined) throw new Error(`there is no contact ${ref}`);
    if (row.erasedAt !== null) return { contact: null, contactErasedAt: row.erasedAt.toISOString() };
    const key = keyIn(row);
    if (key === null) throw new Error(`contact ${ref} has no key, and was not erased`);
    return { contact: openContact(unwrapKey(this.masters, key, row), row.sealed, { reportId: row.reportId, ref }) };
  }

  /** Adds the contact of a later revision, under the report's key; after an erasure, under a new one. */
  async add(tx: Tx, reportId: string, ref: string, contact: Contact, by: Provenance): Promise<void> {
    const { organisationId, recordedBy, correlationId } = by;
    const [row] = await tx.$queryRaw<KeyRow[]>`
      SELECT current.version, master, wrapped
        FROM (SELECT count(*)::int + 1 AS version FROM contact_erasure_confirmation WHERE report_id = ${reportId}::uuid) AS current
        LEFT JOIN contact_key ON contact_key.report_id = ${reportId}::uuid AND contact_key.version = current.version`;
    const { version } = row!;
    const place = { reportId, version };
    const kept = keyIn(row!);
    const key = kept === null ? newKey() : unwrapKey(this.masters, kept, place);
    if (kept === null) {
      const { master, wrapped } = wrapKey(this.masters, key, place);
      await tx.$executeRaw`
        INSERT INTO contact_key (report_id, organisation_id, version, master, wrapped, recorded_by, correlation_id)
        VALUES (${reportId}::uuid, ${organisationId}, ${version}, ${master}, ${wrapped}, ${recordedBy}, ${correlationId})`;
    }
    const sealed = sealContact(key, contact, { reportId, ref });
    await tx.$executeRaw`
      INSERT INTO contact (ref, organisation_id, report_id, key_version, sealed, recorded_by, correlation_id)
      VALUES (${ref}::uuid, ${organisationId}, ${reportId}::uuid, ${version}, ${sealed}, ${recordedBy}, ${correlationId})`;
  }
}

interface KeyRow {
  readonly version: number;
  readonly master: string | null;
  readonly wrapped: Uint8Array | null;
}

interface Row extends KeyRow {
  readonly reportId: string;
  readonly sealed: Uint8Array;
  readonly erasedAt: Date | null;
}

const keyIn = ({ master, wrapped }: KeyRow): WrappedKey | null =>
  master === null || wrapped === null ? null : { master, wrapped };
