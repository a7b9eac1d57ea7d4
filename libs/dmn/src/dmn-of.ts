import { CASE_FACTS, type Guideline, questionIn } from '@sekisho/guideline';
import { answerNodes } from './answering.js';
import { diagram } from './diagram.js';
import type { InputNode, Node } from './node.js';
import { provisionTables } from './provision-tables.js';
import { settlingNodes, settlingOf } from './settling.js';
import { sourceNodes } from './sources.js';
import { itemDefinitions } from './types.js';
import { nodeElements } from './write-node.js';
import { element, writeXml } from './xml.js';

export const DMN_MEDIA_TYPE = 'application/xml';

const DMN_1_5 = 'https://www.omg.org/spec/DMN/20230324';

/** The name space of a version's model, and the name of the decision that answers as `determine` does. */
export const namespaceOf = ({ id }: Pick<Guideline, 'id'>): string => `urn:sekisho:guideline:${id}`;
export const ANSWER = 'determination';

/**
 * A version as a model of DMN 1.5: its provisions as decision tables, and what holds for every way of settling what is unknown as decisions
 * that ask them. The inputs are the facts of a case by their names, `plannedActionAt` left out; `determination` is the answer, without
 * `inForce`. The same version gives the same text.
 *
 * Source: OMG, Decision Model and Notation 1.5.
 * @throws RangeError where a review provision rests on whether the council reviews the case, which no version does.
 */
export function dmnOf(guideline: Guideline): string {
  const tables = provisionTables(guideline);
  const { groupsOf, endOf, basesOf, executorsOf } = tables;
  const settling = settlingOf(guideline, tables);
  const nodes: Node[] = [
    ...inputs,
    ...sourceNodes(guideline),
    ...[groupsOf, endOf, basesOf, executorsOf],
    ...settlingNodes(settling, tables),
    ...answerNodes(guideline, settling),
  ];
  return writeXml(
    element(
      'definitions',
      {
        xmlns: `${DMN_1_5}/MODEL/`,
        'xmlns:dmndi': `${DMN_1_5}/DMNDI/`,
        'xmlns:dc': 'http://www.omg.org/spec/DMN/20180521/DC/',
        'xmlns:di': 'http://www.omg.org/spec/DMN/20180521/DI/',
        id: guideline.id,
        name: guideline.id,
        namespace: namespaceOf(guideline),
        exporter: 'Sekisho',
      },
      [
        element('description', {}, `${guideline.title.en}\n${guideline.title.ja}`),
        ...itemDefinitions(guideline, settling),
        ...nodeElements(nodes),
        diagram(nodes),
      ],
    ),
  );
}

const inputs: readonly InputNode[] = [
  ...CASE_FACTS.map((name): InputNode => ({
    kind: 'inputData',
    name,
    type: 'tThreeValued',
    words: { en: questionIn(name, 'en'), ja: questionIn(name, 'ja') },
  })),
  {
    kind: 'inputData',
    name: 'servers',
    type: 'tServers',
    words: { en: 'The servers that the measure would touch.', ja: '措置の対象となるサーバー。' },
  },
  {
    kind: 'inputData',
    name: 'targets',
    type: 'tTargets',
    words: { en: 'The systems that are attacked.', ja: '攻撃を受けている対象。' },
  },
];
