import { createServer, connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { SCHEME } from './product.ts';

/** A cable between a browser and the product that a test can pull and plug back. */
export interface Cable {
  /** The product's address by way of this cable. */
  url: string;
  /** Ends every connection and lets none through. */
  pull(): void;
  plug(): void;
  /**
   * Resets some of the connections, as a network does that lost track of them; others stay.
   * @param share from 0 to 1: how likely it is for each
   */
  cut(share: number): void;
  close(): Promise<void>;
}

/**
 * @param port where the product listens on loopback
 * @param lengthMs how long everything takes on its way; what is on it when the cable is cut is lost
 */
export async function createCable(port: number, lengthMs = 0): Promise<Cable> {
  const sockets = new Set<Socket>();
  /** From the client's end to the product's. */
  const lines = new Map<Socket, Socket>();
  let plugged = true;
  const server = createServer((client) => {
    if (!plugged) {
      client.destroy();
      return;
    }
    const product = connect(port, '127.0.0.1');
    lines.set(client, product);
    client.on('close', () => lines.delete(client));
    for (const [from, to] of [
      [client, product],
      [product, client],
    ] as const) {
      sockets.add(from);
      if (lengthMs === 0) from.pipe(to);
      else from.on('data', (data) => void setTimeout(() => to.write(data), lengthMs));
      from.on('error', () => to.destroy());
      from.on('close', (isBroken) => {
        sockets.delete(from);
        if (isBroken || lengthMs === 0) to.destroy();
        // Last words are still on their way.
        else setTimeout(() => to.destroySoon(), lengthMs);
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the cable has no port');
  return {
    url: `${SCHEME}://localhost:${address.port}`,
    pull() {
      plugged = false;
      for (const socket of sockets) socket.destroy();
    },
    plug() {
      plugged = true;
    },
    cut(share) {
      for (const [client, product] of lines) {
        if (Math.random() >= share) continue;
        client.resetAndDestroy();
        product.destroy();
      }
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
