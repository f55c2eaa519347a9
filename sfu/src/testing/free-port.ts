import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the range that the kernel hands out by itself, so that no connection takes it meanwhile. */
const LOWEST = 20_000;
const PORTS = 10_000;

/** A media port that is free now, for TCP and so most likely for UDP. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * PORTS);
    const server = createServer();
    server.listen(port);
    try {
      await once(server, 'listening');
    } catch {
      continue;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
}
