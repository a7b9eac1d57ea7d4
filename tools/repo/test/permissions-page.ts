import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Role, ROLES, type Service } from '@sekisho/contracts';

/** A row of the matrix role × route: `everyone`, or the roles that are marked. */
export interface PermittedRoute {
  readonly service: Service;
  readonly method: string;
  readonly path: string;
  readonly roles: readonly Role[] | 'everyone';
}

const page = resolve(import.meta.dirname, '../../../docs/generated/permissions.md');
const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The matrix as it is published. Throws where a line is not understood: nothing is passed over in silence. */
export function permittedRoutes(): PermittedRoute[] {
  const sections = readFileSync(page, 'utf8').split(/^## /m).slice(1);
  return sections.flatMap((section) => {
    const [service = '', ...lines] = section.split('\n').filter((line) => line !== '');
    const [head = [], , ...rows] = lines.map(cellsOf);
    const columns = head.slice(2) as Role[];
    if (columns.some((name) => !ROLES.includes(name))) throw new Error(`${service}: a column is no role`);
    return rows.map(([route = '', permission, ...marks]): PermittedRoute => {
      const [, method, path] = /^`([A-Z]+) (\/\S*)`$/.exec(route) ?? [];
      if (!method || !path || marks.length !== columns.length) throw new Error(`${service}: ${route} is no route`);
      const roles = permission === 'everyone' ? permission : columns.filter((_, at) => marks[at] === '●');
      return { service: service as Service, method, path, roles };
    });
  });
}
