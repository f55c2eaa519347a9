const CONTENT_LENGTH = 200;
const MICROSECOND_DIGITS = 15;
const CONTENT = Buffer.from('"content":"');
const NUL = '0'.charCodeAt(0);
/** Of `"seq":`. */
const [Q, COLON] = ['q'.charCodeAt(0), ':'.charCodeAt(0)];

/** Microseconds, on the one clock of the process that sends and hears. */
export function microseconds(): number {
  return Math.floor(performance.now() * 1000);
}

/** A message of 200 bytes that says when it was sent. */
function content(): string {
  return String(microseconds()).padStart(MICROSECOND_DIGITS, '0').padEnd(CONTENT_LENGTH, '.');
}

/** What a client sends to a room. */
export function toRoom(n: number): string {
  return `{"type":"message.send","nonce":"n-${n}","content":"${content()}"}`;
}

/** What a room would make of it, for a server that makes nothing of it: as many bytes go out. */
export function toBareLoop(n: number): string {
  const id = '123456789012345678';
  const at = '2026-01-01T00:00:00.000Z';
  return JSON.stringify({
    type: 'message.created',
    message: {
      id,
      channelId: id,
      author: { id, username: 'member-1234', avatar: null },
      content: content(),
      createdAt: at,
      editedAt: null,
      removedAt: null,
    },
    seq: n,
    nonce: `n-${n}`,
  });
}

/** Whether the frame is a `message.created`: two letters tell it from all others. */
export function isMessage(bytes: Buffer, start: number): boolean {
  return bytes[start + 9] === 0x6d && bytes[start + 17] === 0x63;
}

/** It comes last, or before the nonce: of a frame that ends at `end` the last bytes are looked at. */
export function seqOf(bytes: Buffer, end: number): number {
  let at = end - 1;
  while (at > 1 && (bytes[at] !== COLON || bytes[at - 2] !== Q)) at -= 1;
  return digits(bytes, at + 1, Infinity);
}

/** Microseconds since the message was sent. */
export function ageOf(bytes: Buffer, start: number): number {
  const at = bytes.indexOf(CONTENT, start) + CONTENT.length;
  return microseconds() - digits(bytes, at, MICROSECOND_DIGITS);
}

function digits(bytes: Buffer, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at += 1) {
    const digit = (bytes[at] ?? 0) - NUL;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  return value;
}
