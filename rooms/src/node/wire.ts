/**
 * One unmasked text frame as a server sends it, whole.
 * https://www.rfc-editor.org/rfc/rfc6455#section-5.2
 */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const head = headLength(length);
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = 0x81;
  if (head === 2) {
    frame[1] = length;
  } else if (head === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeUInt32BE(0, 2);
    frame.writeUInt32BE(length, 6);
  }
  frame.write(text, head, length, 'utf8');
  return frame;
}

function headLength(length: number): number {
  if (length < 126) return 2;
  return length < 65_536 ? 4 : 10;
}

/**
 * Joins what a socket is owed into one write. In a busy room all sockets are owed the same frames,
 * so the last join is kept and used again.
 */
export class Joiner {
  #parts: readonly Buffer[] = [];
  #joined: Buffer = Buffer.alloc(0);

  join(parts: readonly Buffer[]): Buffer {
    const [first] = parts;
    if (first !== undefined && parts.length === 1) return first;
    const last = this.#parts;
    if (parts.length !== last.length || parts.some((part, at) => part !== last[at])) {
      this.#parts = parts;
      this.#joined = Buffer.concat(parts);
    }
    return this.#joined;
  }

  /** Lets go of the last tick's bytes. */
  clear(): void {
    this.#parts = [];
    this.#joined = Buffer.alloc(0);
  }
}
