import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Agency } from '@sekisho/contracts';
import { readConfig, type RunningService, startService } from '@sekisho/service';
import { digestOf, generateKeySet, KeySet } from '@sekisho/signing';
import {
  actor,
  type ConfirmedCase,
  confirmedCase,
  inHours,
  sendEvent,
  serviceEnvironment,
  TestClient,
  type TestDatabase,
  testDatabase,
  type TestIssuer,
  testIssuer,
  type TestPrincipal,
} from '@sekisho/testing';
import { agencyTasking, taskingConfig } from '../src/app.module.js';

export const person = (name: string, role: TestPrincipal['roles'][number]): TestPrincipal => ({
  subject: name,
  organisation: 'org',
  roles: [role],
});
export const officer1 = person('officer-1', 'tasking-officer');
export const officer2 = person('officer-2', 'tasking-officer');
export const mofa = person('mofa', 'mofa');

/** Answers for the three owners, as a real server: a test says who vouches. */
export class Owners {
  readonly denying = new Set<string>();
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async listen(): Promise<Owners> {
    const server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      const [, owner = ''] = (request.url ?? '').split('/');
      if (owner === 'token') return response.end('{"access_token":"t","expires_in":600}');
      const stands = !owners.denying.has(owner);
      return response.end(
        JSON.stringify({
          stands,
          detail: stands ? 'stands' : 'withdrawn a moment ago',
          fault: stands ? null : 'WITHDRAWN',
        }),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const owners = new Owners(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return owners;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** A tasking service under test with what surrounds it. */
export class Desk {
  private constructor(
    readonly database: TestDatabase,
    readonly issuer: TestIssuer,
    readonly owners: Owners,
    readonly agencies: Readonly<Record<Agency, KeySet>>,
    readonly service: RunningService,
    readonly client: TestClient,
  ) {}

  static async open(): Promise<Desk> {
    const [database, issuer, owners] = await Promise.all([
      testDatabase('@sekisho/agency-tasking'),
      testIssuer(),
      Owners.listen(),
    ]);
    const agencies = {
      npa: new KeySet((await generateKeySet()).keys),
      sdf: new KeySet((await generateKeySet()).keys),
    };
    const environment = {
      ...(await serviceEnvironment('agency-tasking', database, issuer)),
      SEKISHO_AGENCIES: JSON.stringify({
        npa: { jwks: agencies.npa.publicKeys() },
        sdf: { jwks: agencies.sdf.publicKeys() },
      }),
      SEKISHO_PEERS: JSON.stringify({
        classification: `${owners.url}/classification`,
        scheduling: `${owners.url}/scheduling`,
        oversight: `${owners.url}/oversight`,
      }),
      SEKISHO_TOKEN_ENDPOINT: `${owners.url}/token`,
      SEKISHO_CLIENT_ID: 'svc',
      SEKISHO_CLIENT_SECRET: 'secret',
    };
    const service = await startService(agencyTasking(readConfig(taskingConfig, environment)));
    return new Desk(database, issuer, owners, agencies, service, new TestClient(service.url, issuer));
  }

  async close(): Promise<void> {
    await this.service.stop();
    this.owners.close();
    await this.issuer.stop();
    await this.database.drop();
  }

  /** A case with an overseas server that was confirmed with its scope, as classification would tell. */
  async confirmedCase(): Promise<ConfirmedCase> {
    const data = confirmedCase();
    await this.tell('classification', 'determination-confirmed.v1', data.incidentId, data);
    return data;
  }

  async decide(
    { incidentId, scopeDigest }: { incidentId: string; scopeDigest: string },
    outcome = 'APPROVED',
    at = new Date().toISOString(),
  ): Promise<void> {
    await this.tell('nsc-scheduling', 'decision-confirmed.v1', incidentId, {
      decisionId: randomUUID(),
      reviewId: randomUUID(),
      incidentId,
      scopeDigest,
      meetingId: randomUUID(),
      form: 'MEETING',
      urgent: true,
      outcome,
      conditions: ['Tell the foreign ministry.'],
      expiresAt: inHours(24),
      dissent: null,
      recordedBy: actor('secretariat-1'),
      recordedAt: at,
      confirmedBy: actor('secretariat-2'),
      confirmedAt: at,
    });
  }

  /** The NSC takes its approval back. */
  async withdraw(
    { incidentId, scopeDigest }: { incidentId: string; scopeDigest: string },
    headers: Record<string, string> = {},
  ): Promise<string> {
    const at = new Date().toISOString();
    const withdrawal = {
      ...{ withdrawalId: randomUUID(), decisionId: randomUUID(), reviewId: randomUUID(), incidentId, scopeDigest },
      reason: 'The server has changed hands.',
      ...{ recordedBy: actor('secretariat-1'), recordedAt: at, confirmedBy: actor('secretariat-2'), confirmedAt: at },
    };
    return sendEvent('nsc-scheduling', 'nsc.reviews.v1', 'decision-withdrawn.v1', incidentId, withdrawal, headers);
  }

  async rule(
    { incidentId, scopeDigest }: { incidentId: string; scopeDigest: string },
    outcome = 'APPROVED',
  ): Promise<void> {
    await this.tell('oversight-reporting', 'ruling-confirmed.v1', incidentId, {
      rulingId: randomUUID(),
      requestId: randomUUID(),
      incidentId,
      scopeDigest,
      timing: 'PRIOR',
      outcome,
      reason: 'Made up for a test.',
      validUntil: outcome === 'APPROVED' ? inHours(24) : null,
      recordedBy: actor('commission-1'),
      recordedAt: new Date().toISOString(),
      confirmedBy: actor('commission-2'),
      confirmedAt: new Date().toISOString(),
    });
  }

  lapse({ incidentId, scopeDigest, determination }: ConfirmedCase): Promise<void> {
    const data = {
      incidentId,
      digest: determination.digest,
      scopeDigest,
      reason: 'FACTS_CHANGED',
      lapsedAt: new Date().toISOString(),
    };
    return this.tell('classification', 'confirmation-lapsed.v1', incidentId, data);
  }

  /** A fact of the case is contested, as classification would tell; answers the contest's id. */
  async contest({ incidentId }: ConfirmedCase, contestId: string = randomUUID()): Promise<string> {
    const data = {
      incidentId,
      contestId,
      fact: 'servers.s1.location',
      value: 'DOMESTIC',
      note: '',
      source: '/agency-npa',
    };
    const at = new Date().toISOString();
    await this.tell('classification', 'fact-contested.v1', incidentId, { ...data, contestedAt: at });
    return contestId;
  }

  async settle({ incidentId }: ConfirmedCase, contestId: string, upheld = true): Promise<void> {
    const data = { incidentId, contestId, fact: 'servers.s1.location', claimId: randomUUID(), upheld };
    const at = new Date().toISOString();
    await this.tell('classification', 'contest-settled.v1', incidentId, { ...data, settledAt: at });
  }

  private async tell(
    writer: 'classification' | 'nsc-scheduling' | 'oversight-reporting',
    type: string,
    key: string,
    data: unknown,
  ) {
    const topics = {
      classification: 'classification.determinations.v1',
      'nsc-scheduling': 'nsc.reviews.v1',
      'oversight-reporting': 'oversight.rulings.v1',
    } as const;
    await sendEvent(writer, topics[writer], type, key, data);
  }
}

export const evidenceBody = (scopeDigest: string) => ({
  safeguard: 'FOREIGN_MINISTER_CONSULTATION',
  scopeDigest,
  reference: 'MOFA-1',
  documentDigest: digestOf('minutes'),
  signatory: 'Minister for Foreign Affairs',
  signedAt: new Date().toISOString(),
  validUntil: inHours(24),
});
