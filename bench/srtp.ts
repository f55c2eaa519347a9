import { createCipheriv, createDecipheriv } from 'node:crypto';

const KEY_BYTES = 32;
const SALT_BYTES = 12;
const TAG_BYTES = 16;
const FIXED_HEADER_BYTES = 12;

/**
 * One direction of SRTP as browsers speak it with the sfu, AEAD_AES_256_GCM, for streams that begin
 * at sequence number 0: https://www.rfc-editor.org/rfc/rfc7714
 */
export class Srtp {
  readonly #key: Buffer;
  readonly #salt: Buffer;

  /** @param keyBase64 master key and salt, 44 bytes */
  constructor(keyBase64: string) {
    const master = Buffer.from(keyBase64, 'base64');
    this.#key = deriveKey(master, 0, KEY_BYTES);
    this.#salt = deriveKey(master, 2, SALT_BYTES);
  }

  /** @param index of the packet in its stream; the header has its low 16 bits */
  protect(packet: Buffer, index: number): Buffer {
    const start = payloadStart(packet);
    const header = packet.subarray(0, start);
    const cipher = createCipheriv('aes-256-gcm', this.#key, this.#vector(packet, index));
    cipher.setAAD(header);
    const body = cipher.update(packet.subarray(start));
    cipher.final();
    return Buffer.concat([header, body, cipher.getAuthTag()]);
  }

  /** What one of the first 65,536 packets carries. Throws when somebody touched it. */
  payload(packet: Buffer): Buffer {
    const start = payloadStart(packet);
    const vector = this.#vector(packet, packet.readUInt16BE(2));
    const decipher = createDecipheriv('aes-256-gcm', this.#key, vector);
    decipher.setAAD(packet.subarray(0, start));
    decipher.setAuthTag(packet.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(packet.subarray(start, -TAG_BYTES)), decipher.final()]);
  }

  #vector(packet: Buffer, index: number): Buffer {
    const vector = Buffer.alloc(SALT_BYTES);
    packet.copy(vector, 2, 8, 12);
    vector.writeUIntBE(index, 6, 6);
    for (let at = 0; at < SALT_BYTES; at += 1) {
      vector.writeUInt8(vector.readUInt8(at) ^ this.#salt.readUInt8(at), at);
    }
    return vector;
  }
}

/** https://www.rfc-editor.org/rfc/rfc3711#section-4.3.1 with AES-256, keys derived once. */
export function deriveKey(master: Buffer, label: number, bytes: number): Buffer {
  const vector = Buffer.alloc(16);
  master.copy(vector, 0, KEY_BYTES);
  vector.writeUInt8(vector.readUInt8(7) ^ label, 7);
  const cipher = createCipheriv('aes-256-ctr', master.subarray(0, KEY_BYTES), vector);
  return cipher.update(Buffer.alloc(bytes));
}

function payloadStart(packet: Buffer): number {
  const start = FIXED_HEADER_BYTES + (packet.readUInt8(0) & 0x0f) * 4;
  if ((packet.readUInt8(0) & 0x10) === 0) return start;
  return start + 4 + packet.readUInt16BE(start + 2) * 4;
}
