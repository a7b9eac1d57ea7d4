import { agencyStation } from './agency.js';
import { readEndpoints } from './endpoints.js';

// `node agency-main.js <endpoints.json> npa|sdf`: tells what it does, one JSON object a line, until it is ended.
const [, , path = '.local/endpoints.json', agency = 'npa'] = process.argv;
if (agency !== 'npa' && agency !== 'sdf') throw new Error('the agency is npa or sdf');
const station = await agencyStation(await readEndpoints(path), agency, (line) => console.log(JSON.stringify(line)));
// It does not outlive whoever started it.
process.on('disconnect', () => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void station.stop().finally(() => process.exit(0)));
}
