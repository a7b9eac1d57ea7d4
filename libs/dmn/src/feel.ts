import type { FunctionNode } from './node.js';

/** A string of FEEL. What the guideline names has neither quotes nor backslashes. */
export const text = (value: string): string => `"${value}"`;

export const list = (values: readonly string[]): string => `[${values.join(', ')}]`;

/** A list of strings. */
export const texts = (values: readonly string[]): string => list(values.map(text));

/** A context of several lines. */
export const context = (entries: readonly (readonly [string, string])[]): string =>
  `{\n${entries.map(([name, value]) => `  ${name}: ${value}`).join(',\n')}\n}`;

/** A function of the model called by the names of its parameters, or by what `given` puts in their place. */
export const call = (
  { name, parameters }: Pick<FunctionNode, 'name' | 'parameters'>,
  given = (parameter: string): string => parameter,
): string => `${name}(${parameters.map((each) => given(each.name)).join(', ')})`;
