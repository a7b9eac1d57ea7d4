import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Provider } from '@nestjs/common';
import { readConfig, type RunningService, startService } from '@sekisho/service';
import {
  type Reply,
  serviceEnvironment,
  TestClient,
  type TestDatabase,
  testDatabase,
  type TestIssuer,
  testIssuer,
  type TestPrincipal,
} from '@sekisho/testing';
import type { z } from 'zod';
import { incidentIntake, intakeConfig } from '../src/app.module.js';

export const hospital: TestPrincipal = { subject: 'h1', organisation: 'org-hospital', roles: ['partner'] };
export const power: TestPrincipal = { subject: 'p1', organisation: 'org-power', roles: ['partner'] };
export const defence: TestPrincipal = { subject: 'd1', organisation: 'org-defence', roles: ['partner'] };
export const analyst: TestPrincipal = { subject: 'a1', organisation: 'org-nco', roles: ['analyst'] };
export const operator: TestPrincipal = { subject: 'o1', organisation: 'org-nco', roles: ['operator'] };
export const secondOperator: TestPrincipal = { subject: 'o2', organisation: 'org-nco', roles: ['operator'] };
export const stranger: TestPrincipal = { subject: 'x1', organisation: 'org-nobody', roles: ['partner'] };

/** An entry of CONTACT_MASTER_KEYS. */
export const masterKey = (name: string): string => `${name}:${randomBytes(32).toString('base64url')}`;

/** Intake on a database of its own, spoken to over HTTP. */
export interface IntakeRig {
  readonly database: TestDatabase;
  readonly issuer: TestIssuer;
  readonly config: z.infer<typeof intakeConfig>;
  /** Another instance of the service on the same database; whoever starts it stops it. */
  another(): Promise<RunningService>;
  readonly service: RunningService;
  readonly client: TestClient;
  submit(
    report: unknown,
    principal?: TestPrincipal | null,
    headers?: Record<string, string>,
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test says what it expects of an answer
  ): Promise<Reply<any>>;
  /** How many rows of a table there are, whoever's they are. */
  count(table: string, condition?: string, values?: unknown[]): Promise<number>;
  stop(): Promise<void>;
}

/** On a database of its own unless one is given. `overrides` replace providers, as the clock; the clocks of reports are looked at once an hour unless `environment` says otherwise. */
export async function startIntake({
  overrides = [],
  environment: over = {},
  database: given,
}: {
  overrides?: Provider[];
  environment?: Record<string, string>;
  database?: TestDatabase;
} = {}): Promise<IntakeRig> {
  const [database, issuer] = await Promise.all([given ?? testDatabase('@sekisho/incident-intake'), testIssuer()]);
  const environment = async (): Promise<Record<string, string>> => ({
    ...(await serviceEnvironment('incident-intake', database, issuer)),
    SEKISHO_SEED: join(import.meta.dirname, 'organisations.json'),
    DEADLINE_SWEEP_SECONDS: '3600',
    ...over,
  });
  const config = readConfig(intakeConfig, await environment());
  const service = await startService(incidentIntake(config), { overrides });
  const client = new TestClient(service.url, issuer);
  return {
    database,
    issuer,
    config,
    another: async () => startService(incidentIntake(readConfig(intakeConfig, await environment()))),
    service,
    client,
    submit: (report, principal = hospital, headers = {}) =>
      client.call(principal, 'POST', '/v1/reports', report, headers),
    count: async (table, condition = 'true', values = []) => {
      const sql = `SELECT count(*)::int AS n FROM ${table} WHERE ${condition}`;
      const [row] = await database.query<{ n: number }>('superuser', sql, values);
      return row!.n;
    },
    stop: async () => {
      await service.stop();
      await issuer.stop();
      await database.drop();
    },
  };
}
