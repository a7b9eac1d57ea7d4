import { type Role, SERVICES } from '@sekisho/contracts';

/** Someone who gets tokens from the local issuer: what the token says, not yet the secret. */
export interface ClientClaims {
  roles: readonly Role[];
  organisation: string;
  /** The human behind the client; each demo client has one of its own. */
  person: string;
}

const person = (id: string, organisation: string, role: Role): [string, ClientClaims] => [
  id,
  { roles: [role], organisation, person: `person-${id}` },
];

/** The demonstration's people. Partners' organisations are those of `seed/organisations.json`. */
const DEMO_CLIENTS: Readonly<Record<string, ClientClaims>> = Object.fromEntries([
  person('partner-power', 'org-power', 'partner'),
  person('partner-hospital', 'org-hospital', 'partner'),
  person('partner-defence', 'org-defence', 'partner'),
  person('analyst-1', 'nco', 'analyst'),
  person('analyst-2', 'nco', 'analyst'),
  person('secretariat-1', 'nss', 'nsc-secretariat'),
  person('secretariat-2', 'nss', 'nsc-secretariat'),
  person('officer-1', 'nco', 'tasking-officer'),
  person('officer-2', 'nco', 'tasking-officer'),
  person('agency-npa', 'npa', 'agency-npa'),
  person('agency-sdf', 'sdf', 'agency-sdf'),
  person('mofa', 'mofa', 'mofa'),
  person('npsc', 'npsc', 'npsc-secretariat'),
  person('cabinet', 'cabinet', 'cabinet-secretariat'),
  person('commission-1', 'commission', 'commission'),
  person('commission-2', 'commission', 'commission'),
  person('inspector', 'commission', 'inspector'),
  person('operator', 'nco', 'operator'),
  person('operator-2', 'nco', 'operator'),
]);

/** The five services, when they ask one another whether something still stands. */
const SERVICE_CLIENTS: Readonly<Record<string, ClientClaims>> = Object.fromEntries(
  SERVICES.map((service) => person(`svc-${service}`, 'nco', 'service')),
);

export const ALL_CLIENTS = { ...DEMO_CLIENTS, ...SERVICE_CLIENTS };

/** A client as other programs find it in `endpoints.json`. */
export interface Client {
  id: string;
  secret: string;
  roles: string[];
  organisation: string;
}

export function clientsWith(secrets: Readonly<Record<string, string>>): Record<string, Client> {
  return Object.fromEntries(
    Object.entries(ALL_CLIENTS).map(([id, { roles, organisation }]) => [
      id,
      { id, secret: secrets[id]!, roles: [...roles], organisation },
    ]),
  );
}
