import type { IncomingMessage, ServerResponse } from 'node:http';

const LOOK_EVERY_MS = 50;

/** Who comes in by a server, so that it can end without cutting anybody off. */
export class Door {
  readonly #underWay = new Set<ServerResponse>();
  /** Of these, those that may change something. */
  readonly #changes = new Set<ServerResponse>();
  #isClosed = false;

  /** Answers whether a request is let in; after `close` all but those of our own are hung up on. */
  admits(request: IncomingMessage, response: ServerResponse): boolean {
    if (this.#isClosed && !isOwn(request)) {
      // As a port does on which nobody listens: who asks comes again.
      request.socket.destroy();
      return false;
    }
    this.#underWay.add(response);
    if (isChange(request) && !isOwn(request)) this.#changes.add(response);
    response.once('close', () => {
      this.#underWay.delete(response);
      this.#changes.delete(response);
    });
    return true;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Lets nobody in any more. Ends once nothing that changes something is under way, or after so long. */
  async close(withinMs: number): Promise<void> {
    this.#isClosed = true;
    await empty(this.#changes, withinMs);
  }

  /** Ends once everybody is answered, or after so long. */
  async answered(withinMs: number): Promise<void> {
    await empty(this.#underWay, withinMs);
  }
}

async function empty(waiting: ReadonlySet<unknown>, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (waiting.size > 0 && performance.now() < deadline) await pause(LOOK_EVERY_MS);
}

function isChange({ method }: IncomingMessage): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

/** Rooms of other processes, which hand over what they have while everything ends. */
function isOwn({ url = '' }: IncomingMessage): boolean {
  return url.startsWith('/api/internal/');
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
