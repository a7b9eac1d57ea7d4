import { agency, type Agency } from '@sekisho/contracts';
import { jsonVariable } from '@sekisho/service';
import { type JSONWebKeySet, seal } from '@sekisho/signing';
import { z } from 'zod';

const keySet = z.object({ keys: z.array(z.record(z.string(), z.unknown())).min(1) });

/** `SEKISHO_AGENCIES`: each agency's public key set, with a `sig` and an `enc` key. */
export const agenciesVariable = jsonVariable(z.record(agency, z.object({ jwks: keySet })));

/** The agencies' public keys: to seal what they get, and to verify what they return. */
export class AgencyKeys {
  constructor(private readonly agencies: z.infer<typeof agenciesVariable>) {}

  of(name: Agency): JSONWebKeySet {
    return this.agencies[name].jwks as unknown as JSONWebKeySet;
  }

  /** A compact JWE that only this agency can open. */
  seal(name: Agency, jws: string): Promise<string> {
    return seal(jws, this.of(name));
  }
}
