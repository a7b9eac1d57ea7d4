import { type Regime, REGIMES } from '@sekisho/incident-intake/regimes';

type Clock = Regime['clocks'][number];

const KINDS = {
  STATUTE: 'the statute',
  AUTHORITY: 'the authority’s own page, not the statute',
  SECONDARY: 'a secondary source',
} as const;

const spell = (length: Clock['length']): string => ('hours' in length ? `${length.hours} hours` : `day ${length.days}`);

function counted({ length, countedFrom, firstDayCounted, lengthIs }: Clock): string {
  const until = 'hours' in length ? spell(length) : `end of ${spell(length)}`;
  const first = 'days' in length && firstDayCounted ? ', that day counted' : '';
  return `${until} from \`${countedFrom}\`${first}${lengthIs === 'SETTING' ? ' (a setting)' : ''}`;
}

function conditions({ appliesTo, onlyIf }: Regime): string {
  const { basis, designated, sectors, forms, personalData } = appliesTo;
  const list = [
    basis && `basis ${basis.join(' or ')}`,
    designated !== undefined && (designated ? 'designated' : 'not designated'),
    sectors && `sector ${sectors.join(' or ')}`,
    forms && `form ${forms.join(' or ')}`,
    personalData && `personal data ${personalData.join(' or ')}; where UNKNOWN, as a possible clock`,
  ].filter((each): each is string => typeof each === 'string');
  return [...list, ...(onlyIf ? [`as a possible clock: ${onlyIf.en}`] : [])].join('; ');
}

function section(regime: Regime): string {
  const { id, title, source, validFrom, validUntil, clocks } = regime;
  const rows = clocks.map((clock) => [
    `\`${clock.kind}\``,
    `${clock.title.en}<br>${clock.title.ja}`,
    counted(clock),
    `from ${'days' in clock.nearFrom ? `the beginning of ${spell(clock.nearFrom)}` : `${spell(clock.nearFrom)} on`}`,
    clock.metBy.join(', '),
  ]);
  const table = [['Clock', 'What', 'Due', 'Near', 'Met by'], Array<string>(5).fill('---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
  const notes = clocks.flatMap(({ kind, note }) => (note ? [`- \`${kind}\`: ${note.en}`] : []));
  const read = source.read.map(({ what, url, kind, on }) => `- [${what}](${url}): ${KINDS[kind]}, looked up on ${on}`);
  return [
    `## ${title.en} · ${title.ja}`,
    `\`${id}\`: ${source.law.en} (${source.law.ja}), ${source.provision.en}. Held from ${validFrom}${validUntil ? ` until ${validUntil}` : ' on'}.`,
    `Concerns: ${conditions(regime)}`,
    table,
    ...(notes.length > 0 ? [notes.join('\n')] : []),
    read.join('\n'),
  ].join('\n\n');
}

/** The page of all deadlines that a report may start, with where each stands. */
export const deadlines = (): string =>
  `# Deadlines of a report

Generated from \`apps/incident-intake/regimes\`, which is what the service goes by. Days are calendar days in Japan and end with 23:59:59;
the day that is counted from is not counted itself unless it says so. Nothing here is legal advice.

${REGIMES.map(section).join('\n\n')}
`;
