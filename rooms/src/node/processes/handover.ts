import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Upgrade } from './message.ts';

/** A socket on its way to another process. */
export interface Handover {
  upgrade: Upgrade;
  socket: Socket;
  /** Hangs up, wherever on its way the socket is. */
  cut(): void;
}

/**
 * Takes a socket that asks for an upgrade out of this process's hands: from here on not a byte of it
 * is read here. Undefined: it is none that another process could have, as behind TLS.
 */
export function letGo(
  request: IncomingMessage,
  stream: Duplex,
  head: Buffer,
): Handover | undefined {
  const handle = stream instanceof Socket ? handleOf(stream) : undefined;
  // A paused stream still reads ahead, and what it has read when its handle leaves would be lost.
  if (!(stream instanceof Socket) || handle?.readStop() !== 0) return undefined;
  const { url = '/', headers } = request;
  return {
    upgrade: { type: 'upgrade', url, headers, head: head.toString('base64') },
    socket: stream,
    cut() {
      stream.destroy();
      // Node has taken it out of the socket meanwhile, and keeps it when the other process dies.
      handle.close();
    },
  };
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

interface Handle {
  readStop(): number;
  /** Again is no fault. */
  close(): void;
}

/** What libuv knows the socket by. Node shows no other way to stop reading at once. */
function handleOf(socket: Socket): Handle | undefined {
  const handle: unknown = Reflect.get(socket, '_handle');
  const isHandle = typeof handle === 'object' && handle !== null;
  if (!isHandle || !('readStop' in handle) || !('close' in handle)) return undefined;
  return handle as Handle; // Of every TCP socket.
}
