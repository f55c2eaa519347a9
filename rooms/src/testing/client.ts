import { CLOSE_CODES, type CloseReason } from '../../contract/close-codes.ts';

/** Any event of any party, as a test looks at it. */
export type Heard = Record<string, unknown> & { type: string };

export interface Line {
  send(text: string): void;
  /** Ends the connection from the client's side. */
  leave(): void;
}

const PATIENCE_MS = 8_000;

/** One connection as a client sees it. */
export class Client {
  readonly heard: Heard[] = [];
  closedBy: CloseReason | number | undefined;
  #read = 0;
  #line: Line | undefined;
  #waiting: (() => void)[] = [];

  attach(line: Line | undefined): void {
    this.#line = line;
  }

  received(text: string): void {
    this.heard.push(JSON.parse(text) as Heard); // What a room says is checked by the tests that look.
    this.#stir();
  }

  closed(by: CloseReason | number): void {
    this.closedBy = reasonOf(by);
    this.#stir();
  }

  send(event: object): void {
    this.sendText(JSON.stringify(event));
  }

  sendText(text: string): void {
    this.#line?.send(text);
  }

  leave(): void {
    this.#line?.leave();
  }

  /** Sends a message and answers its nonce. */
  write(content: string): string {
    const nonce = crypto.randomUUID();
    this.send({ type: 'message.send', nonce, content });
    return nonce;
  }

  /** The next event of that type; those before it are passed over. */
  async next(type: string, fits: (event: Heard) => boolean = () => true): Promise<Heard> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      while (this.#read < this.heard.length) {
        const event = this.heard[this.#read];
        this.#read += 1;
        if (event !== undefined && event.type === type && fits(event)) return event;
      }
      if (this.closedBy !== undefined) throw new Error(`closed (${this.closedBy}) before ${type}`);
      await this.#change(deadline, type);
    }
  }

  async end(): Promise<CloseReason | number> {
    const deadline = performance.now() + PATIENCE_MS;
    while (this.closedBy === undefined) await this.#change(deadline, 'the end');
    return this.closedBy;
  }

  /** Everything that was said to this client until now has arrived. */
  async settled(): Promise<Heard[]> {
    this.send({ type: 'ping' });
    await this.next('pong');
    return this.heard;
  }

  all(type: string): Heard[] {
    return this.heard.filter((event) => event.type === type);
  }

  #stir(): void {
    for (const go of this.#waiting.splice(0)) go();
  }

  #change(deadline: number, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () =>
          reject(new Error(`${what} did not come; heard ${this.heard.map((e) => e.type).join()}`)),
        Math.max(0, deadline - performance.now()),
      );
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

function reasonOf(by: CloseReason | number): CloseReason | number {
  for (const [reason, { code }] of Object.entries(CLOSE_CODES)) {
    if (code === by) return reason as CloseReason;
  }
  return by;
}
