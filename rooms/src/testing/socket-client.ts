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
  const ws = new WebSocket(`${url}${path}?${query}`, { perMessageDeflate: false });
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
