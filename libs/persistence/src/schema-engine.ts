import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import type pg from 'pg';

// Prisma's schema engine as WebAssembly: needs no download, unlike the one behind `prisma migrate`. Node 20 cannot import .wasm files,
// so the module is put together here as `schema_engine.js` would.
interface Instance {
  readonly exports: { __wbindgen_start(): void };
}
type Glue = typeof engineModule & { __wbg_set_wasm(exports: Instance['exports']): void };

// TypeScript knows this global only together with all of the browser's.
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: { instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: Instance }> };
};

// Migrations need no model, but the engine wants one to know which database it speaks to.
const DATASOURCE = 'datasource db {\n  provider = "postgresql"\n}\n';

let loaded: Promise<typeof engineModule.SchemaEngine> | undefined;

async function load(): Promise<typeof engineModule.SchemaEngine> {
  const path = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm');
  const glue = engineModule as Glue;
  const { instance } = await WebAssembly.instantiate(await readFile(path), {
    './schema_engine_bg.js': glue,
  });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue.SchemaEngine;
}

/** An engine on `pool`, which stays the caller's to close. */
export async function schemaEngine(pool: pg.Pool): Promise<SchemaEngine> {
  loaded ??= load();
  const Engine = await loaded;
  return Engine.new(
    { datamodels: [['schema.prisma', DATASOURCE]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(wholeScripts(pool)),
  );
}

// The adapter cuts scripts at every semicolon, also at those inside `$$ … $$`. PostgreSQL takes a script whole, and as one transaction.
function wholeScripts(pool: pg.Pool): PrismaPg {
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    adapter.executeScript = async (script) => {
      await pool.query(script);
    };
    return adapter;
  };
  return factory;
}
