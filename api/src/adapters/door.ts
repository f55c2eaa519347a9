import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** How often connections are looked at that became idle. */
const LOOK_EVERY_MS = 50;

/** Who comes in by a server, so that it can end without cutting anybody off. */
export class Door {
  /** Of those that may change something. */
  readonly #underWay = new Set<ServerResponse>();
  #isClosed = false;

  /** Answers whether a request is let in; after `close` all but those of our own are hung up on. */
  admits(request: IncomingMessage, response: ServerResponse): boolean {
    if (this.#isClosed && !isOwn(request)) {
      // As a port does on which nobody listens: who asks comes again.
      request.socket.destroy();
      return false;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD' && !isOwn(request)) {
      this.#underWay.add(response);
      response.once('close', () => this.#underWay.delete(response));
    }
    return true;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Lets nobody in any more. Ends once nothing that changes something is under way, or after so long. */
  async close(withinMs: number): Promise<void> {
    this.#isClosed = true;
    const deadline = performance.now() + withinMs;
    while (this.#underWay.size > 0 && performance.now() < deadline) await pause(LOOK_EVERY_MS);
  }
}

/** Rooms of other processes, which hand over what they have while everything ends. */
function isOwn({ url = '' }: IncomingMessage): boolean {
  return url.startsWith('/api/internal/');
}

/** Takes no more connections, and ends when what is under way is answered, or cut off after so long. */
export async function finishRequests(server: Server, withinMs: number): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  const look = setInterval(() => server.closeIdleConnections(), LOOK_EVERY_MS);
  const cut = setTimeout(() => server.closeAllConnections(), withinMs);
  await ended;
  clearInterval(look);
  clearTimeout(cut);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
