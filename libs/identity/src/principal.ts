import type { Actor, Role } from '@sekisho/contracts';

/** Who calls: an issuer's subject, the organisation it belongs to, what it may do, and the human behind it. */
export interface Principal {
  readonly issuer: string;
  readonly subject: string;
  /** Wherever two people are needed, persons are compared, so that one human with two clients is one. */
  readonly person: string;
  readonly organisation: string;
  readonly roles: readonly Role[];
}

/** How a principal is named where one text names it, as in `recorded_by`: no two issuers' subjects are the same. */
export const named = ({ issuer, subject }: Pick<Actor, 'issuer' | 'subject'>): string => `${issuer}#${subject}`;

/** The principal as rows and events name it. */
export const toActor = ({ issuer, subject, person, organisation }: Principal): Actor => ({
  issuer,
  subject,
  person,
  organisation,
});
