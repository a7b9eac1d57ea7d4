import { findGuideline, type Guideline, guidelines } from '@sekisho/guideline';

/**
 * The versions under which stored cases can be replayed: all that there are, and the drafts that this instance was started with. Nothing
 * else in the service knows of a draft: no case is determined by one.
 */
export class ReplayableVersions {
  readonly ids: readonly string[];

  constructor(private readonly drafts: readonly Guideline[]) {
    this.ids = [...guidelines, ...drafts].map(({ id }) => id);
  }

  /** Throws where there is no such version: whoever asks has its name from `ids`. */
  get(id: string): Guideline {
    const found = findGuideline(id) ?? this.drafts.find((draft) => draft.id === id);
    if (found === undefined) throw new Error(`there is no version ${id}`);
    return found;
  }
}
