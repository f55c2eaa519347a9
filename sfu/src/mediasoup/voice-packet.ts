import type { VoicePacket } from '../media.ts';
import { readAudioLevel } from '../rtp-audio-level.ts';

const FIXED_HEADER_BYTES = 12;
/** A profile word, a length word, one element of two bytes and its padding. */
const LEVEL_EXTENSION_BYTES = 8;
const ONE_BYTE_PROFILE = 0xbede;
const VERSION = 0x80;
const HAS_PADDING = 0x20;
const HAS_EXTENSION = 0x10;
const MARKER = 0x80;

/**
 * Undefined for what is no voice: silence of a microphone's own making, or no whole packet.
 * Format: https://www.rfc-editor.org/rfc/rfc3550#section-5.1
 */
export function readVoicePacket(packet: Uint8Array, levelId: number): VoicePacket | undefined {
  if (packet.length < FIXED_HEADER_BYTES) return undefined;
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const first = view.getUint8(0);
  let start = FIXED_HEADER_BYTES + (first & 0x0f) * 4;
  if ((first & HAS_EXTENSION) !== 0) {
    if (packet.length < start + 4) return undefined;
    start += 4 + view.getUint16(start + 2) * 4;
  }
  const padding = (first & HAS_PADDING) === 0 ? 0 : view.getUint8(packet.length - 1);
  const end = packet.length - padding;
  if (end <= start) return undefined;
  return {
    sequence: view.getUint16(2),
    timestamp: view.getUint32(4),
    marker: (view.getUint8(1) & MARKER) !== 0,
    dBov: readAudioLevel(packet, levelId) ?? -127,
    payload: packet.subarray(start, end),
  };
}

/** Nothing of the sender's own header goes on but how loud it is. */
export function writeVoicePacket(
  { sequence, timestamp, marker, dBov, payload }: VoicePacket,
  stream: { ssrc: number; payloadType: number; levelId: number },
): Buffer {
  const start = FIXED_HEADER_BYTES + LEVEL_EXTENSION_BYTES;
  const packet = Buffer.alloc(start + payload.length);
  packet.writeUInt8(VERSION | HAS_EXTENSION, 0);
  packet.writeUInt8((marker ? MARKER : 0) | stream.payloadType, 1);
  packet.writeUInt16BE(sequence, 2);
  packet.writeUInt32BE(timestamp, 4);
  packet.writeUInt32BE(stream.ssrc, 8);
  packet.writeUInt16BE(ONE_BYTE_PROFILE, 12);
  packet.writeUInt16BE(1, 14);
  packet.writeUInt8(stream.levelId << 4, 16);
  packet.writeUInt8(-dBov & 0x7f, 17);
  packet.set(payload, start);
  return packet;
}
