import { createServer } from 'node:net';
import { Fault } from './fault.js';
import { listeningInodes } from './listener.js';
import { freePorts, isFree, requireFree } from './ports.js';

describe('ports', () => {
  it('gives as many different free ones as asked for', async () => {
    const ports = await freePorts(5);
    expect(new Set(ports).size).toBe(5);
  });

  it('names every port that is taken, what it is for and who has it', async () => {
    const [taken, free] = (await freePorts(2)) as [number, number];
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(taken, '127.0.0.1', resolve));
    try {
      expect(await isFree(taken)).toBe(false);
      const refused = await requireFree({ Kafka: taken, issuer: free }).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(Fault);
      expect((refused as Fault).message).toContain(`Port ${taken} (for Kafka) is in use`);
      expect((refused as Fault).message).not.toContain(`${free}`);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
    await expect(requireFree({ Kafka: taken })).resolves.toBeUndefined();
  });

  it('finds who listens in the kernel’s table, and no one who is merely connected', () => {
    const table = [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '   0: 0100007F:1024 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 555 1 0 100 0 0 10 0',
      '   1: 0100007F:1024 0100007F:9999 01 00000000:00000000 00:00000000 00000000     0        0 556 1 0 20 4 30 10 -1',
      '   2: 0100007F:1025 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 557 1 0 100 0 0 10 0',
    ].join('\n');
    expect(listeningInodes(table, 0x1024)).toEqual(['555']);
  });
});
