import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Upgrade } from './message.ts';

/**
 * Takes a socket that asks for an upgrade out of this process's hands: from here on not a byte of it
 * is read here. Undefined: it is none that another process could have, as behind TLS.
 */
export function letGo(
  request: IncomingMessage,
  stream: Duplex,
  head: Buffer,
): { upgrade: Upgrade; socket: Socket } | undefined {
  if (!(stream instanceof Socket) || !stopReading(stream)) return undefined;
  const { url = '/', headers } = request;
  const upgrade = { type: 'upgrade', url, headers, head: head.toString('base64') } as const;
  return { upgrade, socket: stream };
}

/** The request as the process reads it that the socket was given to. */
export function takeOver(
  { url, headers, head }: Upgrade,
  socket: Socket,
): [request: IncomingMessage, stream: Duplex, head: Buffer] {
  const request = new IncomingMessage(socket);
  Object.assign(request, { method: 'GET', url, headers });
  return [request, socket, Buffer.from(head, 'base64')];
}

/**
 * A paused stream still reads ahead, and what it has read when its handle leaves is lost. Only the
 * handle can be told to stop, and Node shows no other way to it.
 */
function stopReading(socket: Socket): boolean {
  const handle: unknown = Reflect.get(socket, '_handle');
  if (typeof handle !== 'object' || handle === null || !('readStop' in handle)) return false;
  return typeof handle.readStop === 'function' && handle.readStop() === 0;
}
