import { Injectable } from '@nestjs/common';
import type { EvidenceBody, EvidenceView, SafeguardsView } from '@sekisho/contracts';
import { type Evidence, type Safeguard, SUPPLIERS } from '@sekisho/guideline';
import { type Principal, toActor } from '@sekisho/identity';
import { type Answer, invalid, notFound, ProblemError, Work, type WorkRequest } from '@sekisho/service';
import { CaseStore } from '../cases/case.store.js';
import { missing } from '../cases/judged-case.js';
import { requireCurrent } from '../cases/require-current.js';
import type { Tx } from '../database.js';
import { EvidenceRecorder } from './evidence.recorder.js';
import { EvidenceStore, isOffices, toView } from './evidence.store.js';

/** What offices put on record for a safeguard, and what a case has and lacks. */
@Injectable()
export class EvidenceService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly cases: CaseStore,
    private readonly store: EvidenceStore,
    private readonly record: EvidenceRecorder,
  ) {}

  add(request: WorkRequest, incidentId: string, body: EvidenceBody): Promise<Answer<EvidenceView>> {
    const supplier = SUPPLIERS[body.safeguard];
    if (!request.principal.roles.includes(supplier)) {
      throw new ProblemError('not-permitted', `${body.safeguard} is recorded by the role ${supplier}.`);
    }
    return this.work.run(request, [incidentId], async (tx, context) => {
      const known = requireCurrent(await this.cases.current(tx, incidentId), body.scopeDigest);
      const refs = known.scope.servers.map(({ ref }) => ref);
      const unknown = (body.servers ?? []).flatMap((ref, index) => (refs.includes(ref) ? [] : [index]));
      if (unknown.length > 0) {
        throw invalid(
          unknown.map((index) => ({
            pointer: `/servers/${index}`,
            code: 'unknown-server',
            detail: 'is not a server of the scope',
          })),
        );
      }
      return this.record.add(
        tx,
        context,
        incidentId,
        { ...body, servers: body.servers ?? refs },
        toActor(request.principal),
      );
    });
  }

  async confirm(request: WorkRequest, evidenceId: string, named?: string): Promise<Answer<EvidenceView>> {
    const incidentId = await this.work.read(request.principal, async (tx) => {
      const row = await this.store.find(tx, evidenceId);
      if (!row || !isOffices(row) || (named !== undefined && row.incidentId !== named)) throw notFound();
      return row.incidentId;
    });
    return this.work.run(request, [incidentId], async (tx, context) => {
      const row = (await this.store.find(tx, evidenceId))!;
      if (row.confirmation) throw new ProblemError('illegal-transition', 'This evidence is confirmed already.');
      requireCurrent(await this.cases.current(tx, row.incidentId), row.scopeDigest);
      return this.record.confirm(tx, context, toView(row), toActor(request.principal));
    });
  }

  safeguards(principal: Principal, incidentId: string): Promise<SafeguardsView> {
    return this.work.read(principal, async (tx) => {
      const known = await this.cases.current(tx, incidentId);
      if (!known) throw notFound();
      const { evidence, views } = await this.store.ofIncident(tx, incidentId);
      const open = missing(known, evidence, this.record.now());
      return {
        incidentId,
        scopeDigest: known.scopeDigest,
        standing: known.lapsed === null,
        safeguards: known.determination.safeguards.map((safeguard) =>
          status(safeguard, open, evidence, known.scopeDigest),
        ),
        outstanding: open,
        evidence: views,
      };
    });
  }
}

function status(
  { kind }: Safeguard,
  open: ReturnType<typeof missing>,
  evidence: readonly Evidence[],
  scopeDigest: string,
): SafeguardsView['safeguards'][number] {
  const lacking = open.find((each) => each.kind === kind);
  const carrying = evidence.filter((each) => each.safeguard === kind && each.scopeDigest === scopeDigest).at(-1);
  const until =
    carrying && ('validUntil' in carrying ? carrying.validUntil : 'expiresAt' in carrying ? carrying.expiresAt : null);
  return {
    kind,
    met: !lacking,
    reason: lacking?.reason ?? null,
    suppliedBy: SUPPLIERS[kind],
    validUntil: until ?? null,
  };
}
