import type { ThreeValued } from '../facts.js';
import type { Words } from '../provision.js';

/** The languages in which people are answered. */

export type Language = keyof Words;

/** One provision, or another part of a version, as it is cited: what became of it, its own words, where it comes from, and each of its conditions in a sentence. */
export interface Citation {
  provision: string;
  /** The provision's name and, where it was asked, its answer. */
  label: string;
  /** Null where the provision was not asked but only named. */
  answer: ThreeValued | null;
  words: string;
  source: string;
  reasons: string[];
}

export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'citations'; items: Citation[] };

/** A text for people, before anybody has decided what it looks like. */
export interface Explanation {
  language: Language;
  title: string;
  blocks: Block[];
}

export const heading = (text: string): Block => ({ kind: 'heading', text });
export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
/** Nothing where there is nothing to list. */
export const list = (items: string[]): Block[] => (items.length === 0 ? [] : [{ kind: 'list', items }]);
export const citations = (items: Citation[]): Block[] => (items.length === 0 ? [] : [{ kind: 'citations', items }]);
