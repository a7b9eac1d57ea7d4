/** An element with its attributes, in their order, and what it holds: other elements, or text. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly holds: readonly Element[] | string;
}

/** `undefined` among attributes and elements is left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  holds: readonly (Element | undefined)[] | string = [],
): Element {
  const given = Object.entries(attributes).filter((each): each is [string, string] => each[1] !== undefined);
  return {
    name,
    attributes: Object.fromEntries(given),
    holds: typeof holds === 'string' ? holds : holds.filter((each) => each !== undefined),
  };
}

/** A document of XML 1.0, indented; text is not, since what white space means there is its reader's affair. */
export const writeXml = (root: Element): string => `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, '')}\n`;

function write({ name, attributes, holds }: Element, indent: string): string {
  const given = Object.entries(attributes).map(
    ([key, value]) => `${key}="${escaped(value).replaceAll('"', '&quot;')}"`,
  );
  const head = [name, ...given].join(' ');
  if (holds.length === 0) return `${indent}<${head}/>`;
  if (typeof holds === 'string') return `${indent}<${head}>${escaped(holds)}</${name}>`;
  return [`${indent}<${head}>`, ...holds.map((each) => write(each, `${indent}  `)), `${indent}</${name}>`].join('\n');
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
