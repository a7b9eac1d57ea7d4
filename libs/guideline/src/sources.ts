/** Where a provision comes from: [A] the article, [S] statute read in secondary sources, [P] our own proposal. */
export interface Source {
  mark: 'A' | 'S' | 'P';
  citation: string;
}

export const ARTICLE: Source = {
  mark: 'A',
  citation: 'The Japan News (Yomiuri Shimbun), 12 December 2025, on the draft guidelines for active cyber defence',
};

export const POLICE_DUTIES_ACT_6_2: Source = {
  mark: 'S',
  citation: 'Police Duties Execution Act (警察官職務執行法), art. 6-2',
};

export const SDF_ACT_81_3: Source = { mark: 'S', citation: 'Self-Defense Forces Act (自衛隊法), art. 81-3' };

export const SDF_ACT_95_4: Source = { mark: 'S', citation: 'Self-Defense Forces Act (自衛隊法), art. 95-4' };

export const PROPOSAL: Source = { mark: 'P', citation: 'Sekisho, own proposal where the sources are silent' };

/** Every determination cites the same few lists of sources: each is spelt once. */
const spelt = new WeakMap<readonly Source[], string>();

/** The sources in one line: `[A] …; [S] …`. */
export function spellSources(sources: readonly Source[]): string {
  const known = spelt.get(sources);
  if (known !== undefined) return known;
  const line = sources.map(({ mark, citation }) => `[${mark}] ${citation}`).join('; ');
  spelt.set(sources, line);
  return line;
}
