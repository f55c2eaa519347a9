export function joinParts(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function lettersAt(bytes: Uint8Array, at: number, count = 4): string {
  return String.fromCharCode(...bytes.subarray(at, at + count));
}

/** A part that has to be there: RangeError where the file ends before. */
export function partOf(bytes: Uint8Array, from: number, to: number): Uint8Array {
  if (to > bytes.byteLength || to < from) throw new RangeError('the file is cut short');
  return bytes.subarray(from, to);
}
