import type { Logic, Node, Parameter } from './node.js';
import type { Rule, Table } from './table.js';
import { text } from './feel.js';
import { element, type Element } from './xml.js';

/** By which a node is referred to within the file: sources are numbered, since a citation is no identifier. */
export function idsOf(nodes: readonly Node[]): ReadonlyMap<string, string> {
  let sources = 0;
  return new Map(nodes.map(({ kind, name }) => [name, kind === 'knowledgeSource' ? `source${(sources += 1)}` : name]));
}

/** The elements of a graph; a requirement points to the node that is required. */
export function nodeElements(nodes: readonly Node[]): Element[] {
  const ids = idsOf(nodes);
  const kinds = new Map(nodes.map(({ name, kind }) => [name, kind]));
  const requirements = (node: string, names: readonly string[]): Element[] =>
    names
      .map((name) => requirement(kinds.get(name)!, requirementId(node, ids.get(name)!), `#${ids.get(name)!}`))
      .sort((one, two) => REQUIREMENTS.indexOf(one.name) - REQUIREMENTS.indexOf(two.name));
  return nodes.map((node) => {
    const id = ids.get(node.name)!;
    const described = element('description', {}, `${node.words.en}\n${node.words.ja}`);
    switch (node.kind) {
      case 'knowledgeSource':
        return element(node.kind, { id, name: node.name });
      case 'inputData':
        return element(node.kind, { id, name: node.name }, [described, item('variable', node)]);
      case 'decision':
        return element(node.kind, { id, name: node.name }, [
          described,
          item('variable', node),
          ...requirements(id, node.requires),
          logicElement(node.logic, node.type),
        ]);
      case 'businessKnowledgeModel':
        return element(node.kind, { id, name: node.name }, [
          described,
          item('variable', { name: node.name }),
          element('encapsulatedLogic', {}, [
            ...node.parameters.map((each) => item('formalParameter', each)),
            logicElement(node.logic, node.type),
          ]),
          ...requirements(id, node.requires),
        ]);
    }
  });
}

export const requirementId = (node: string, required: string): string => `${node}-requires-${required}`;

/** In the order of the schema. */
const REQUIREMENTS = ['informationRequirement', 'knowledgeRequirement', 'authorityRequirement'];

function requirement(kind: Node['kind'], id: string, href: string): Element {
  const [outer, inner] = {
    inputData: ['informationRequirement', 'requiredInput'],
    decision: ['informationRequirement', 'requiredDecision'],
    businessKnowledgeModel: ['knowledgeRequirement', 'requiredKnowledge'],
    knowledgeSource: ['authorityRequirement', 'requiredAuthority'],
  }[kind] as [string, string];
  return element(outer, { id }, [element(inner, { href })]);
}

const item = (name: string, { name: of, type }: Pick<Parameter, 'name'> & { type?: string }): Element =>
  element(name, { name: of, typeRef: type });

const literal = (name: string, feel: string, type?: string): Element =>
  element(name, { typeRef: type }, [element('text', {}, feel)]);

function logicElement(logic: Logic, type: string): Element {
  if ('table' in logic) return tableElement(logic.table, type);
  if (!('context' in logic)) return literal('literalExpression', logic.feel, type);
  const entries = logic.context.map((entry) =>
    element('contextEntry', {}, [item('variable', entry), literal('literalExpression', entry.feel, entry.type)]),
  );
  const result = logic.feel && element('contextEntry', {}, [literal('literalExpression', logic.feel, type)]);
  return element('context', { typeRef: type }, [...entries, result || undefined]);
}

/** What people read beside each rule. */
const ANNOTATIONS = ['provision', 'en', 'ja', 'sources'] as const;

function tableElement({ hitPolicy, columns, outputs, rules }: Table, type: string): Element {
  return element('decisionTable', { typeRef: type, hitPolicy }, [
    ...columns.map(({ label, expression, type: of }) =>
      element('input', { label }, [literal('inputExpression', expression, of)]),
    ),
    ...outputs.map(({ name, type: of, values }) =>
      element('output', { name, typeRef: of }, [
        values && element('outputValues', {}, [element('text', {}, values.map(text).join(', '))]),
      ]),
    ),
    ...ANNOTATIONS.map((name) => element('annotation', { name })),
    ...rules.map((rule) =>
      element('rule', {}, [
        ...columns.map(({ label }) => literal('inputEntry', rule.cells[label] ?? '-')),
        ...rule.results.map((result) => literal('outputEntry', result)),
        ...annotations(rule).map((said) => element('annotationEntry', {}, [element('text', {}, said)])),
      ]),
    ),
  ]);
}

function annotations({ provision }: Rule): string[] {
  if (provision === null) return ANNOTATIONS.map(() => '');
  const { id, words, sources } = provision;
  return [id, words.en, words.ja, sources.map(({ mark, citation }) => `[${mark}] ${citation}`).join('; ')];
}
