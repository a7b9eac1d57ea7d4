// The local OpenID issuer as a process of its own: node issuer-process.js CONFIGURATION.json
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createIssuer, type IssuerConfiguration } from './issuer.js';

const [, , file = ''] = process.argv;
const configuration = JSON.parse(readFileSync(file, 'utf8')) as IssuerConfiguration;
const server = createServer(createIssuer(configuration).callback());
server.listen(configuration.port, '127.0.0.1');
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
}
