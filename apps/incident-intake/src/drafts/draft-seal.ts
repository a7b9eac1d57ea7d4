import { Injectable } from '@nestjs/common';
import type { DraftBody } from '@sekisho/contracts';
import { newKey, open, seal, unwrapKey, type WrappedKey, wrapKey } from '../contacts/contact-seal.js';
import { MasterKeys } from '../contacts/master-keys.js';

/** A version of a draft. What is sealed opens as that one alone. */
export interface DraftPlace {
  readonly draftId: string;
  readonly version: number;
}

/** A draft's content as it is kept, with the key of this version. */
export interface SealedDraft extends WrappedKey {
  readonly sealed: Uint8Array;
}

const about = ({ draftId, version }: DraftPlace): string => `draft ${draftId} ${version}`;
const keyPlace = ({ draftId, version }: DraftPlace) => ({ reportId: draftId, version });

/** Seals drafts as contacts are sealed: there are persons' names and addresses in them, wherever they were written. */
@Injectable()
export class DraftSeal {
  constructor(private readonly masters: MasterKeys) {}

  seal(report: DraftBody, place: DraftPlace): SealedDraft {
    const key = newKey();
    const sealed = seal(key, Buffer.from(JSON.stringify(report)), about(place));
    return { ...wrapKey(this.masters, key, keyPlace(place)), sealed };
  }

  /** Throws where its master key is not there, or it is not the content of that draft in that version. */
  open({ sealed, ...wrapped }: SealedDraft, place: DraftPlace): DraftBody {
    const key = unwrapKey(this.masters, wrapped, keyPlace(place));
    return JSON.parse(open(key, sealed, about(place)).toString()) as DraftBody;
  }

  /** Names of master keys that are known and not the current one. */
  get earlier(): string[] {
    return this.masters.names.filter((name) => name !== this.masters.current);
  }

  isKnown(master: string): boolean {
    return this.masters.names.includes(master);
  }

  /** The key of a draft under the current master key. */
  rewrap(wrapped: WrappedKey, place: DraftPlace): WrappedKey {
    return wrapKey(this.masters, unwrapKey(this.masters, wrapped, keyPlace(place)), keyPlace(place));
  }
}
