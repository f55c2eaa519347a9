import { connect, type Socket as Stream } from 'node:net';
import { FrameReader, type OnText } from './frame-reader.ts';

/** One for all: what was read is dealt with before the next socket is. */
const INBOX = Buffer.allocUnsafe(256 * 1024);
const END_OF_HANDSHAKE = '\r\n\r\n';

export interface SocketOptions {
  port: number;
  /** Path and query. */
  path: string;
  onText: OnText;
  /** The other side ended it. */
  onEnd?: () => void;
}

/** The lean side of a WebSocket: many of them load a server from one core. */
export class Socket {
  readonly #stream: Stream;
  readonly #reader: FrameReader;
  readonly #open: Promise<void>;
  #handshake: string | undefined = '';
  #opened: () => void = () => {};
  #refused: (error: Error) => void = () => {};

  private constructor({ port, path, onText, onEnd }: SocketOptions) {
    this.#reader = new FrameReader(onText);
    this.#open = new Promise((resolve, reject) => {
      this.#opened = resolve;
      this.#refused = reject;
    });
    const onread = { buffer: INBOX, callback: (length: number) => this.#read(length) };
    this.#stream = connect({ port, host: '127.0.0.1', noDelay: true, onread });
    this.#stream.write(
      `GET ${path} HTTP/1.1\r\nHost: bench\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==${END_OF_HANDSHAKE}`,
    );
    this.#stream.on('error', (error) => this.#refused(error));
    this.#stream.on('close', () => {
      this.#refused(new Error('Closed before it was open.'));
      onEnd?.();
    });
  }

  /** Resolves when the other side has agreed to speak WebSocket. */
  static async connect(options: SocketOptions): Promise<Socket> {
    const socket = new Socket(options);
    await socket.#open;
    return socket;
  }

  /** All in one write. */
  send(texts: readonly string[]): void {
    this.#stream.write(Buffer.concat(texts.map(clientFrame)));
  }

  /** Gone without a word, as by a lost network. */
  cut(): void {
    this.#stream.removeAllListeners('close');
    this.#stream.destroy();
  }

  #read(length: number): boolean {
    const chunk = INBOX.subarray(0, length);
    if (this.#handshake === undefined) this.#reader.push(chunk);
    else this.#shakeHands(chunk);
    return true;
  }

  #shakeHands(chunk: Buffer): void {
    const before = this.#handshake?.length ?? 0;
    this.#handshake += chunk.toString('latin1');
    const end = this.#handshake?.indexOf(END_OF_HANDSHAKE) ?? -1;
    if (end < 0) return;
    if (this.#handshake?.startsWith('HTTP/1.1 101 ') !== true) {
      this.#refused(new Error(`Refused: ${this.#handshake?.split('\r\n')[0]}`));
      return;
    }
    this.#handshake = undefined;
    this.#opened();
    this.#reader.push(chunk.subarray(end + END_OF_HANDSHAKE.length - before));
  }
}

/** A masked text frame. The mask is zero, so that the payload goes as it is. */
function clientFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const { length } = payload;
  if (length > 65_535) throw new RangeError('No measurement sends as much.');
  const head = Buffer.alloc(length < 126 ? 6 : 8);
  head[0] = 0x81;
  head[1] = 0x80 | Math.min(length, 126);
  if (length >= 126) head.writeUInt16BE(length, 2);
  return Buffer.concat([head, payload]);
}
