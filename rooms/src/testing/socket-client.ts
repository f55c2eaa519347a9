import { WebSocket } from 'ws';
import type { Party } from '../../contract/publish.ts';
import type { Client } from './client.ts';

/** Connects a client over a real socket; resolves when it is open. */
export function connectSocket(
  url: string,
  party: Party,
  id: string,
  ticket: string,
  since: string | undefined,
  client: Client,
): Promise<void> {
  const query = new URLSearchParams({ ticket, ...(since === undefined ? {} : { since }) });
  const path = `/parties/${party}/${id}`;
  const options = {
    perMessageDeflate: false,
    // Local workerd answers a close, and leaves it to the client to hang up.
    closeTimeout: 200,
  };
  const ws = new WebSocket(`${url}${path}?${query}`, options);
  ws.on('message', (data: Buffer) => client.received(data.toString()));
  ws.on('close', (code) => client.closed(code));
  client.attach({ send: (text) => ws.send(text), leave: () => ws.close() });
  return new Promise((resolve, reject) => {
    ws.on('open', () => resolve());
    ws.on('error', (error) => {
      client.closed(1006);
      reject(error);
    });
  });
}
