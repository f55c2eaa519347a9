import { createServer, connect, type Socket } from 'node:net';
import { once } from 'node:events';

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

/** @param port where the product listens on loopback */
export async function createCable(port: number): Promise<Cable> {
  const sockets = new Set<Socket>();
  const clients = new Set<Socket>();
  let plugged = true;
  const server = createServer((client) => {
    if (!plugged) {
      client.destroy();
      return;
    }
    const product = connect(port, '127.0.0.1');
    clients.add(client);
    client.on('close', () => clients.delete(client));
    for (const [from, to] of [
      [client, product],
      [product, client],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the cable has no port');
  return {
    url: `http://localhost:${address.port}`,
    pull() {
      plugged = false;
      for (const socket of sockets) socket.destroy();
    },
    plug() {
      plugged = true;
    },
    cut(share) {
      for (const client of clients) if (Math.random() < share) client.resetAndDestroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
