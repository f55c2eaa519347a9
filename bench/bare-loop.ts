import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { answerUsage } from './usage.ts';

/** The least that a chat can be: whatever one says is sent to all, and forgotten. */
const server = new WebSocketServer({
  port: 0,
  host: '127.0.0.1',
  backlog: 5_000,
  perMessageDeflate: false,
});
server.on('connection', (socket) => {
  socket.on('message', (data) => {
    for (const client of server.clients) client.send(data, { binary: false });
  });
});
server.on('listening', () => answerUsage((server.address() as AddressInfo).port));
