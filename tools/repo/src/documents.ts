import { PERMISSIONS } from '@sekisho/identity';
import { MESSAGES, ROLES, SERVICES, TOPIC_NAMES, TOPICS } from '@sekisho/contracts';
import { createApplication, openApi, type Route, type ServiceDefinition, serviceRoutes } from '@sekisho/service';
import { KeySet } from '@sekisho/signing';
import { asyncApi } from './asyncapi.js';
import { deadlines } from './deadlines-page.js';
import { services } from './services.js';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Every generated page of `docs/generated` by its file name. Made from the code alone: no database, no broker. */
export async function documents(): Promise<Map<string, string>> {
  const pages = new Map<string, string>([
    ['asyncapi.json', json(asyncApi())],
    ['topics.md', topics()],
    ['messages.md', messages()],
    ['deadlines.md', deadlines()],
  ]);
  const routes: [string, Route[]][] = [];
  for (const service of services()) {
    const { description, own } = await describe(service);
    pages.set(`openapi-${service.name}.json`, json(description));
    routes.push([service.name, own]);
  }
  pages.set('permissions.md', permissions(routes));
  return pages;
}

async function describe(service: ServiceDefinition): Promise<{ description: object; own: Route[] }> {
  const app = await createApplication(service, new KeySet([]), { preview: true });
  const own = serviceRoutes(service);
  const answer = { description: openApi(app, service, own), own };
  await app.close();
  return answer;
}

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

function permissions(routes: [string, Route[]][]): string {
  const columns = ROLES.filter((role) =>
    Object.values(PERMISSIONS).some((roles) => (roles as readonly string[]).includes(role)),
  );
  const sections = routes.map(([name, list]) => {
    const rows = list.map(({ method, path, permission }) => {
      const open = permission === 'public' || permission === undefined;
      const roles: readonly string[] = open ? [] : PERMISSIONS[permission];
      return [
        `\`${method} ${path}\``,
        open ? 'everyone' : permission,
        ...columns.map((role) => (roles.includes(role) ? '●' : '')),
      ];
    });
    return `## ${name}\n\n${table(['Route', 'Permission', ...columns], rows.sort())}`;
  });
  return `# Who may call what\n\nGenerated from the routes and \`libs/identity/src/permissions.ts\`. What is not marked is refused.\n\n${sections.join('\n\n')}\n`;
}

function topics(): string {
  const principals = [...SERVICES, 'agency-npa', 'agency-sdf'] as const;
  const rows = TOPIC_NAMES.map((name) => {
    const { writer, readers, events } = TOPICS[name];
    const marks = principals.map((principal) =>
      [principal === writer ? 'writes' : '', (readers as readonly string[]).includes(principal) ? 'reads' : '']
        .filter(Boolean)
        .join(', '),
    );
    return [`\`${name}\``, ...marks, Object.keys(events).join('<br>')];
  });
  return `# Topics\n\nGenerated from the topic catalogue in \`libs/contracts\`. The broker’s ACLs are made from the same.\n\n${table(['Topic', ...principals, 'Events'], rows)}\n`;
}

function messages(): string {
  const rows = Object.entries(MESSAGES).map(([code, { en, ja }]) => [`\`${code}\``, en, ja]);
  return `# What is said, by code\n\nGenerated from \`libs/contracts/src/messages.ts\`. \`{…}\` stands for a value of the case.\n\n${table(['Code', 'English', '日本語'], rows)}\n`;
}
