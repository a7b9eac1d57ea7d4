import type { Described, Document } from './document.js';
import type { FuzzRequest } from './requests.js';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Headers of HTTP itself, and of what keeps a connection. */
const EVERYWHERE = ['connection', 'content-length', 'content-type', 'date', 'keep-alive', 'transfer-encoding'];

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** What an answer has that the document does not say, or the other way round; empty where both agree. */
export function complaints(document: Document, request: FuzzRequest, { status, headers, body }: Answered): string[] {
  if (status >= 500) return [`${status}: ${body}`];
  const described = request.operation.responses[status];
  if (!described) return [`status ${status} is not documented: ${body}`];
  return [
    ...ofContent(document, described, headers, body),
    ...ofHeaders(document, described, headers),
    ...ofRequest(document, request, status),
  ];
}

function ofContent(document: Document, { content }: Described, headers: Headers, body: string): string[] {
  if (content === undefined || Object.keys(content).length === 0)
    return body === '' ? [] : [`a body is not documented: ${body}`];
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  const media = content[type];
  if (!media) return [`content type ${type || 'none'} is not documented`];
  if (media.schema === undefined || !/json$/.test(type)) return [];
  const values = type === 'application/x-ndjson' ? body.split('\n').filter((line) => line !== '') : [body];
  return values.flatMap((text) => {
    const value = parsed(text);
    const fault = value === undefined ? 'is no JSON' : document.fault(media.schema!, value);
    return fault === undefined ? [] : [`the body is not as documented: ${fault}: ${text}`];
  });
}

function ofHeaders(document: Document, { headers: told = {} }: Described, headers: Headers): string[] {
  const names = Object.keys(told).map((name) => name.toLowerCase());
  const unknown = [...headers.keys()].filter((name) => !names.includes(name) && !EVERYWHERE.includes(name));
  const missing = Object.entries(told).filter(
    ([name, each]) => document.resolved<{ required?: boolean }>(each).required === true && !headers.has(name),
  );
  return [
    ...unknown.map((name) => `header ${name} is not documented`),
    ...missing.map(([name]) => `header ${name} is missing`),
  ];
}

/** What is accepted although the document refuses it. */
function ofRequest(document: Document, { operation, caller, type, body }: FuzzRequest, status: number): string[] {
  if (status >= 300) return [];
  if (caller !== 'right') return [`whoever comes with a token that is ${caller} is let in`];
  if (operation.body?.type !== 'application/json' || !body) return [];
  // JSON is UTF-8, whatever is said of it.
  if (type?.split(';')[0] !== operation.body.type) return [`${type} is taken`];
  // A byte order mark is passed over, as a reader of JSON may do (RFC 8259, section 8.1).
  const value = 'json' in body ? parsed(JSON.stringify(body.json) ?? '') : parsed(new TextDecoder().decode(body.raw));
  const fault = document.fault(operation.body.schema, value);
  return fault === undefined ? [] : [`what the schema refuses is accepted: ${fault}: ${JSON.stringify(value)}`];
}
