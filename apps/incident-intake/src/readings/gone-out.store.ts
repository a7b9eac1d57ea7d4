import { Inject, Injectable } from '@nestjs/common';
import type { PrismaClient } from '../generated/prisma/client.js';
import { STAFF_DATABASE } from '../similar/similar.store.js';

/** Whose report it is, asked as the role that sees of all organisations what went further, and nothing else. */
@Injectable()
export class GoneOutStore {
  constructor(@Inject(STAFF_DATABASE) private readonly database: PrismaClient) {}

  /** Undefined where there is no such report, or none of it has gone out. */
  async ownerOf(reportId: string): Promise<string | undefined> {
    const [row] = await this.database.$queryRaw<{ owner: string }[]>`
      SELECT organisation_id AS owner FROM report WHERE id = ${reportId}::uuid`;
    return row?.owner;
  }
}
