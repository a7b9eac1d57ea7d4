import { Agency } from './agency.js';
import { readEndpoints } from './endpoints.js';

// `node agency-main.js <endpoints.json> npa|sdf`: accepts, starts and completes each order that it gets, and tells what it does, one
// JSON object a line, until it is ended.
const [, , path = '.local/endpoints.json', name = 'npa'] = process.argv;
if (name !== 'npa' && name !== 'sdf') throw new Error('the agency is npa or sdf');
const tell = (line: object): void => console.log(JSON.stringify({ station: `agency-${name}`, ...line }));

const agency = await Agency.connect(await readEndpoints(path), name, {
  group: 'station',
  received: async ({ order, orderId, incidentId, type }, station) => {
    tell({ orderId, received: type, ...(order ? { servers: order.servers.length } : {}) });
    if (!order) return;
    const serversTouched = order.servers.map(({ ref }) => ref);
    await station.returns(incidentId, order.orderId, 'ACKNOWLEDGED');
    await station.returns(incidentId, order.orderId, 'STARTED');
    await station.returns(incidentId, order.orderId, 'COMPLETED', { serversTouched });
    tell({ orderId, completed: true });
  },
});
tell({ ready: true });
// It does not outlive whoever started it.
process.on('disconnect', () => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void agency.stop().finally(() => process.exit(0)));
}
