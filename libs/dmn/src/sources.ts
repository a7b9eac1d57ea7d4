import type { Guideline, Provision, Source } from '@sekisho/guideline';
import type { SourceNode } from './node.js';

const nameOf = ({ mark, citation }: Source): string => `[${mark}] ${citation}`;

/** The sources on which these provisions rest, each once. */
export const sourceNames = (provisions: readonly Provision[]): string[] => [
  ...new Set(provisions.flatMap(({ sources }) => sources.map(nameOf))),
];

/** The sources of a version. */
export const sourceNodes = ({ provisions }: Guideline): SourceNode[] =>
  sourceNames(provisions).map((name) => ({ kind: 'knowledgeSource', name, words: { en: name, ja: name } }));
