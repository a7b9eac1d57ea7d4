import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;

/** The texts of a page's elements that hold nothing but text, and the names of all its elements; as a browser would read it. */
export function readPage(html: string): { texts: string[]; tags: Set<string> } {
  const texts: string[] = [];
  const tags = new Set<string>();
  const walk = (node: Node): void => {
    if ('tagName' in node) tags.add(node.tagName);
    if (!('childNodes' in node)) return;
    const [only] = node.childNodes;
    const leaf = node.childNodes.length === 1 && only!.nodeName === '#text';
    if (leaf && 'value' in only! && !['style', 'title'].includes(node.nodeName)) texts.push(only.value.trim());
    else node.childNodes.forEach(walk);
  };
  walk(parse(html));
  return { texts, tags };
}
