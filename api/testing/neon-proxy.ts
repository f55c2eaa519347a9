import { once } from 'node:events';
import { type Socket, connect } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Service } from './service.ts';

/**
 * What stands between Neon's driver and PostgreSQL: bytes of a WebSocket become bytes of a TCP
 * connection. Wherever the driver says it wants to go, it gets to the database given.
 */
export async function startNeonProxy(databaseUrl: string): Promise<Service> {
  const { hostname, port } = new URL(databaseUrl);
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  server.on('connection', (client) => join(client, connect(Number(port), hostname)));

  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `127.0.0.1:${address.port}`,
    async close() {
      for (const client of server.clients) client.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}

function join(client: WebSocket, database: Socket) {
  database.setNoDelay(true);
  client.on('message', (bytes: Buffer) => database.write(bytes));
  client.on('close', () => database.destroy());
  client.on('error', () => database.destroy());
  database.on('data', (bytes) => client.send(bytes));
  database.on('close', () => client.close());
  database.on('error', () => client.terminate());
}
