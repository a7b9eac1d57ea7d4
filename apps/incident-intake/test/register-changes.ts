import type { NewOrganisationBody, OrganisationChangeBody } from '@sekisho/contracts';
import { type IntakeRig, operator, secondOperator } from './intake-rig.js';

/** A new entry with nothing missing; the organisation is invented. */
export const newOrganisation = (over: Partial<NewOrganisationBody> = {}): NewOrganisationBody => ({
  id: 'org-gas',
  nameJa: '若葉ガス株式会社',
  nameEn: 'Wakaba Gas',
  sector: 'GAS',
  designated: false,
  contactDesk: { name: '当直', email: 'duty@gas.example', phone: '+81-3-0000-0001' },
  reason: 'Its application of 20 November.',
  ...over,
});

export const changeOf = (over: Partial<OrganisationChangeBody> = {}): OrganisationChangeBody => {
  const { id: _id, ...entry } = newOrganisation();
  return { basedOn: 1, ...entry, ...over };
};

/** Proposes something and has another person confirm it; the answer to the confirmation. */
export async function twoPeople({ client }: IntakeRig, path: string, body: unknown) {
  const proposed = await client.call(operator, 'POST', path, body);
  expect([proposed.status, proposed.body]).toEqual([201, expect.objectContaining({ decision: null })]);
  const confirmed = await client.call(secondOperator, 'POST', `${proposed.headers.get('location')}/confirmation`);
  expect([confirmed.status, confirmed.body]).toEqual([
    201,
    expect.objectContaining({ changeId: proposed.body.changeId }),
  ]);
  return confirmed;
}
