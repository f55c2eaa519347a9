import { expect, test } from 'vitest';
import { Load } from './load.ts';
import { ServerProcess } from './server-process.ts';

test.for(['rooms-server', 'bare-loop'] as const)(
  'all of the load is heard from the %s, in order',
  async (name) => {
    const server = await ServerProcess.start(name);
    try {
      const load = await Load.connect(server, 4);
      await load.write(100);
      expect([load.deliveries, load.faults]).toEqual([400, 0]);
      load.close();
    } finally {
      await server.stop();
    }
  },
);
