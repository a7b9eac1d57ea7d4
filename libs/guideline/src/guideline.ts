import type { Provision, TargetGroups, Words } from './provision.js';
import type { Source } from './sources.js';

/** Something that the text leaves to people. It is declared here so that nobody takes it for forgotten. */
export interface Judgement {
  id: string;
  words: Words;
  /** The fact or the record in which the people's answer arrives. */
  arrivesAs: string;
  /** Who judges; an open question is said to be one. */
  judgedBy: string;
  sources: Source[];
}

/** One statement of the guideline's text, with the provisions and judgements that together give it effect. */
export interface GuidelineClause {
  id: string;
  words: Words;
  sources: Source[];
  provisions: string[];
  judgements: string[];
}

/**
 * A version of the guideline. It takes effect by an `Adoption`. One that was adopted is never edited: an amendment is a new version.
 */
export interface Guideline {
  id: string;
  title: Words;
  /** RFC 3339 instant with offset: by its own text it cannot take effect earlier. `null`: a draft, which nobody can adopt. */
  validFrom: string | null;
  text: GuidelineClause[];
  /** In the order in which they are spelt; each kind of target is in one at least. */
  targetGroups: TargetGroups;
  provisions: Provision[];
  judgements: Judgement[];
}
