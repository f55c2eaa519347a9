const NOTHING = Buffer.alloc(0);
const TEXT = 0x81;
const LONGEST_HEAD = 10;

/** Where a text frame's payload lies; the buffer is used again once the call is over. */
export type OnText = (bytes: Buffer, start: number, end: number) => void;

/**
 * Cuts a server's stream into frames, with as little work as can be: the reader must never be what
 * is measured. Text frames are given on, others are passed over.
 * https://www.rfc-editor.org/rfc/rfc6455#section-5.2
 */
export class FrameReader {
  readonly #onText: OnText;
  /** The beginning of a frame whose rest is still to come. */
  #held: Buffer = NOTHING;

  constructor(onText: OnText) {
    this.#onText = onText;
  }

  push(chunk: Buffer): void {
    let at = this.#held.length === 0 ? 0 : this.#finishHeld(chunk);
    while (at < chunk.length) {
      const end = at + frameLength(chunk, at);
      // NaN while the head is not whole.
      if (!(end <= chunk.length)) break;
      if (chunk[at] === TEXT) this.#onText(chunk, at + headLength(chunk, at), end);
      at = end;
    }
    if (at < chunk.length) this.#held = Buffer.from(chunk.subarray(at));
  }

  /** Completes the held frame alone, so that the chunk is not copied. @returns the bytes used */
  #finishHeld(chunk: Buffer): number {
    const held = this.#held;
    const head = Buffer.concat([held, chunk.subarray(0, LONGEST_HEAD)]);
    const length = frameLength(head, 0);
    const missing = Number.isNaN(length) ? chunk.length : length - held.length;
    const frame = Buffer.concat([held, chunk.subarray(0, missing)]);
    if (frame.length !== length) {
      this.#held = frame;
      return chunk.length;
    }
    this.#held = NOTHING;
    if (frame[0] === TEXT) this.#onText(frame, headLength(frame, 0), frame.length);
    return missing;
  }
}

function headLength(bytes: Buffer, at: number): number {
  const short = bytes[at + 1] ?? 0;
  if (short < 126) return 2;
  return short === 126 ? 4 : LONGEST_HEAD;
}

/** Head and payload; NaN when the head is not whole. */
function frameLength(bytes: Buffer, at: number): number {
  const short = bytes[at + 1];
  if (short === undefined || at + headLength(bytes, at) > bytes.length) return Number.NaN;
  if (short < 126) return 2 + short;
  if (short === 126) return 4 + bytes.readUInt16BE(at + 2);
  return LONGEST_HEAD + Number(bytes.readBigUInt64BE(at + 2));
}
