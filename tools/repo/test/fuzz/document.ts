import { Ajv, type ValidateFunction } from 'ajv';

export type Schema = Readonly<Record<string, unknown>>;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface Described {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
  readonly headers?: Readonly<Record<string, { readonly $ref: string }>>;
}

/** One operation as its document describes it. */
export interface Operation {
  readonly method: string;
  /** As in the document: `/v1/reports/{id}`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body?: { readonly type: string; readonly schema: Schema };
  readonly responses: Readonly<Record<string, Described>>;
}

/** OpenAPI 3.0 says `nullable` where JSON Schema says so with a type. */
function jsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(jsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, jsonSchema(part)]));
  return nullable === true
    ? { anyOf: [rest, { type: 'null' }] }
    : { ...rest, ...(nullable === undefined ? {} : { nullable }) };
}

/** What a service says of itself in `/openapi.json`. */
export class Document {
  readonly operations: readonly Operation[];
  private readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  // Formats come with patterns of their own.
  private readonly ajv = new Ajv({ strict: false, validateFormats: false, logger: false });
  private readonly compiled = new Map<Schema, ValidateFunction>();

  constructor(told: object) {
    const { paths, components } = jsonSchema(told) as {
      paths: Record<string, Record<string, Record<string, unknown>>>;
      components: Record<string, Record<string, unknown>>;
    };
    this.components = components;
    this.operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, told]) => this.operation(method.toUpperCase(), path, told)),
    );
  }

  /** What is wrong with a value by its schema; undefined where nothing is. */
  fault(schema: Schema, value: unknown): string | undefined {
    let validate = this.compiled.get(schema);
    if (!validate) {
      validate = this.ajv.compile({ ...schema, components: this.components });
      this.compiled.set(schema, validate);
    }
    return validate(value) ? undefined : this.ajv.errorsText(validate.errors);
  }

  resolved<Part extends object>(part: Part | { readonly $ref: string }): Part {
    if (!('$ref' in part)) return part;
    const [, kind = '', name = ''] = /^#\/components\/(\w+)\/(.+)$/.exec(part.$ref) ?? [];
    const found = this.components[kind]?.[name];
    if (found === undefined) throw new Error(`${part.$ref} is not in the document`);
    return found as Part;
  }

  private operation(method: string, path: string, told: Record<string, unknown>): Operation {
    const { content } = (told['requestBody'] ?? {}) as Described;
    const [[type, media] = []] = Object.entries(content ?? {});
    const responses = Object.entries(told['responses'] as Record<string, Described>);
    return {
      method,
      path,
      parameters: (told['parameters'] ?? []) as Parameter[],
      ...(type === undefined ? {} : { body: { type, schema: media?.schema ?? {} } }),
      responses: Object.fromEntries(responses.map(([status, each]) => [status, this.resolved(each)])),
    };
  }
}
