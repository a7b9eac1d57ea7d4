import type { Logic } from '../statement.js';

/** A term of the solver in the words of SMT-LIB. */
export type Term = string;

const list = (operator: string, empty: Term, each: readonly Term[]): Term =>
  each.length === 0 ? empty : each.length === 1 ? each[0]! : `(${operator} ${each.join(' ')})`;

export const and = (...each: readonly Term[]): Term => list('and', 'true', each);
export const or = (...each: readonly Term[]): Term => list('or', 'false', each);
export const sum = (...each: readonly Term[]): Term => list('+', '0', each);
export const not = (one: Term): Term => `(not ${one})`;
export const same = (one: Term, other: Term): Term => `(= ${one} ${other})`;
export const positive = (count: Term): Term => `(> ${count} 0)`;
export const atMost = (one: Term, other: Term): Term => `(<= ${one} ${other})`;
export const call = (name: string, parameters: readonly Term[]): Term => `(${name} ${parameters.join(' ')})`;

/** The connectives of a property over terms. */
export const TERMS: Logic<Term> = {
  all: (each) => and(...each),
  some: (each) => or(...each),
  not,
  implies: (one, other) => `(=> ${one} ${other})`,
};

export interface Variable {
  readonly name: string;
  readonly sort: 'Bool' | 'Int';
}

export const declare = (variables: readonly Variable[]): string =>
  variables.map(({ name, sort }) => `(declare-const ${name} ${sort})`).join('\n');

export const define = (name: string, variables: readonly Variable[], body: Term): string =>
  `(define-fun ${name} (${bound(variables)}) Bool ${body})`;

export const exists = (variables: readonly Variable[], body: Term): Term => `(exists (${bound(variables)}) ${body})`;

const bound = (variables: readonly Variable[]): string =>
  variables.map(({ name, sort }) => `(${name} ${sort})`).join(' ');
