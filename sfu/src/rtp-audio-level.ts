const FIXED_HEADER_BYTES = 12;
const ONE_BYTE_PROFILE = 0xbede;
/** Two-byte profiles are 0x1000 to 0x100f. */
const TWO_BYTE_PROFILE = 0x100;

/**
 * How loud the sender says this packet is, in dBov (-127 silent to 0), or undefined when it does
 * not say. `id` is what the header extension `ssrc-audio-level` is called on this stream.
 * Formats: https://www.rfc-editor.org/rfc/rfc8285 and https://www.rfc-editor.org/rfc/rfc6464
 */
export function readAudioLevel(packet: Uint8Array, id: number): number | undefined {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  if (packet.length < FIXED_HEADER_BYTES) return undefined;
  const first = view.getUint8(0);
  if ((first & 0x10) === 0) return undefined;
  const start = FIXED_HEADER_BYTES + (first & 0x0f) * 4;
  if (packet.length < start + 4) return undefined;
  const profile = view.getUint16(start);
  const end = Math.min(packet.length, start + 4 + view.getUint16(start + 2) * 4);
  const isTwoByte = profile >> 4 === TWO_BYTE_PROFILE;
  if (!isTwoByte && profile !== ONE_BYTE_PROFILE) return undefined;

  let at = start + 4;
  while (at < end) {
    const head = view.getUint8(at);
    at += 1;
    // Padding.
    if (head === 0) continue;
    if (isTwoByte && at >= end) return undefined;
    const elementId = isTwoByte ? head : head >> 4;
    const length = isTwoByte ? view.getUint8(at) : (head & 0x0f) + 1;
    if (isTwoByte) at += 1;
    if (elementId === id && length >= 1 && at < end) return -(view.getUint8(at) & 0x7f);
    at += length;
  }
  return undefined;
}
