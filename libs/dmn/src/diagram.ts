import type { Node } from './node.js';
import { idsOf, requirementId } from './write-node.js';
import { element, type Element } from './xml.js';

const WIDTH = 170;
const HEIGHT = 60;
const ACROSS = 30;
const DOWN = 70;

interface Place {
  readonly x: number;
  readonly y: number;
}

/** The graph as a picture: what a node requires stands below it, and the answer at the top. */
export function diagram(nodes: readonly Node[]): Element {
  const ids = idsOf(nodes);
  const places = placed(nodes);
  const edges = nodes.flatMap((node) =>
    ('requires' in node ? node.requires : []).map((name) => {
      const [from, to] = [places.get(name)!, places.get(node.name)!];
      return element('dmndi:DMNEdge', { dmnElementRef: requirementId(ids.get(node.name)!, ids.get(name)!) }, [
        element('di:waypoint', { x: String(from.x + WIDTH / 2), y: String(from.y) }),
        element('di:waypoint', { x: String(to.x + WIDTH / 2), y: String(to.y + HEIGHT) }),
      ]);
    }),
  );
  const shapes = nodes.map(({ name }) => {
    const { x, y } = places.get(name)!;
    return element('dmndi:DMNShape', { dmnElementRef: ids.get(name)! }, [
      element('dc:Bounds', { x: String(x), y: String(y), width: String(WIDTH), height: String(HEIGHT) }),
    ]);
  });
  return element('dmndi:DMNDI', {}, [element('dmndi:DMNDiagram', { id: 'diagram' }, [...shapes, ...edges])]);
}

/** In rows by the longest way down to what requires nothing, each row in the order of the nodes and centred. */
function placed(nodes: readonly Node[]): Map<string, Place> {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const depth = (name: string): number => {
    const node = byName.get(name)!;
    return 'requires' in node && node.requires.length > 0 ? 1 + Math.max(...node.requires.map(depth)) : 0;
  };
  const rows = new Map<number, string[]>();
  for (const { name } of nodes) rows.set(depth(name), [...(rows.get(depth(name)) ?? []), name]);
  const widest = Math.max(...[...rows.values()].map(({ length }) => length));
  const top = Math.max(...rows.keys());
  return new Map(
    [...rows].flatMap(([row, names]) =>
      names.map((name, at): [string, Place] => [
        name,
        {
          x: ACROSS + ((widest - names.length) * (WIDTH + ACROSS)) / 2 + at * (WIDTH + ACROSS),
          y: DOWN + (top - row) * (HEIGHT + DOWN),
        },
      ]),
    ),
  );
}
