import { Duplex } from 'node:stream';

/** Answers what a PostgreSQL backend says to these messages of the wire protocol. */
export type Exchange = (messages: Uint8Array) => Promise<Uint8Array>;

/** What the backend does between two clients. */
export interface Backend {
  /** A new client: nothing of the one before is left. */
  begin(): Promise<void>;
  exchange: Exchange;
}

const TERMINATE = 'X'.charCodeAt(0);

/**
 * The socket that `pg` thinks it has. There is no network: what it writes goes to an embedded
 * PostgreSQL as whole messages, and the answers come back in order.
 */
export class BackendStream extends Duplex {
  readonly #backend: Backend;
  #last: Promise<void> = Promise.resolve();

  constructor(backend: Backend) {
    super();
    this.#backend = backend;
  }

  connect() {
    this.#enqueue(async () => {
      await this.#backend.begin();
      this.emit('connect');
    });
    return this;
  }

  override _read() {}

  override _write(chunk: Buffer, _encoding: string, callback: () => void) {
    this.#send(chunk);
    callback();
  }

  override _writev(chunks: { chunk: Buffer }[], callback: () => void) {
    this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk)));
    callback();
  }

  /** The end of a client is ours to handle: told of it, the embedded backend would shut down. */
  override _final(callback: () => void) {
    this.#enqueue(async () => {
      this.push(null);
    });
    callback();
  }

  // Parts of a socket that `pg` calls and that mean nothing here.
  setNoDelay() {
    return this;
  }
  setKeepAlive() {
    return this;
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }

  #send(messages: Buffer) {
    if (messages[0] === TERMINATE) return;
    this.#enqueue(async () => {
      const answer = await this.#backend.exchange(messages);
      if (!this.destroyed) this.push(answer);
    });
  }

  #enqueue(step: () => Promise<void>) {
    this.#last = this.#last.then(step).catch((error: unknown) => {
      this.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  }
}
