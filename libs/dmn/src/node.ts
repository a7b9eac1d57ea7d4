import type { Words } from '@sekisho/guideline';
import type { Table } from './table.js';

/** Names of FEEL are written as they are: `feel` is an expression, a `type` an item definition or a type of FEEL's own. */
export interface Parameter {
  readonly name: string;
  readonly type: string;
}

export type Logic =
  | { readonly table: Table }
  | { readonly feel: string }
  /** Entries of which each may name those before it; with `feel`, that is the result, else the entries are. */
  | { readonly context: readonly (Parameter & { readonly feel: string })[]; readonly feel?: string };

interface Named {
  readonly name: string;
  readonly words: Words;
}

/** A fact that is put in. */
export interface InputNode extends Named, Parameter {
  readonly kind: 'inputData';
}

/** Law or article on which tables rest. */
export interface SourceNode extends Named {
  readonly kind: 'knowledgeSource';
}

/** Something worked out once for a case. `requires` names the nodes that its logic names. */
export interface DecisionNode extends Named, Parameter {
  readonly kind: 'decision';
  readonly requires: readonly string[];
  readonly logic: Logic;
}

/** Something worked out for each way of settling a case: a function. */
export interface FunctionNode extends Named, Parameter {
  readonly kind: 'businessKnowledgeModel';
  readonly parameters: readonly Parameter[];
  readonly requires: readonly string[];
  readonly logic: Logic;
}

export type Node = InputNode | SourceNode | DecisionNode | FunctionNode;
