/** What a load needs of the endpoints: the issuer's token endpoint and the clients that it knows. */
export interface Access {
  readonly tokenEndpoint: string;
  readonly clients: Readonly<Record<string, { readonly id: string; readonly secret: string }>>;
}

export interface Granted {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** A token for one of the stack's clients; it is good for minutes. */
export async function tokenFor({ tokenEndpoint, clients }: Access, client: string): Promise<Granted> {
  const { id, secret } = clients[client]!;
  const response = await fetch(tokenEndpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  if (!response.ok) throw new Error(`no token for ${client}: ${response.status}`);
  const granted = (await response.json()) as { access_token: string; expires_in: number };
  return { token: granted.access_token, until: Date.now() + granted.expires_in * 1000 };
}
