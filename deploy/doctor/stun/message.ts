import { createHmac } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { crc32 } from 'node:zlib';

/** STUN and TURN messages, as far as the doctor speaks them (RFC 8489, 8445, 8656). */

const COOKIE = 0x21_12_a4_42;
const FINGERPRINT_XOR = 0x53_54_55_4e;
const IPV4 = 0x01;
export const HEADER_BYTES = 20;

const METHODS = { binding: 0x001, allocate: 0x003, refresh: 0x004, createPermission: 0x008 };
export type Method = keyof typeof METHODS;

const KINDS = { request: 0x000, success: 0x100, error: 0x110 };
const KIND_BITS = 0x110;
const INTEGRITY = 0x0008;
const FINGERPRINT = 0x8028;
const ATTRIBUTES = {
  username: 0x0006,
  errorCode: 0x0009,
  lifetime: 0x000d,
  peerAddress: 0x0012,
  realm: 0x0014,
  nonce: 0x0015,
  requestedTransport: 0x0019,
  priority: 0x0024,
  controlling: 0x802a,
};
export type Attribute = keyof typeof ATTRIBUTES;

export interface Question {
  method: Method;
  attributes: readonly (readonly [Attribute, Buffer])[];
  /** What both sides know: seals the message (MESSAGE-INTEGRITY). */
  key?: Buffer | undefined;
}

export interface Answer {
  kind: 'success' | 'error';
  /** 12 bytes, those of the question. */
  transaction: Buffer;
  value(name: Attribute): Buffer | undefined;
  /** Whether whoever sent it knows the key too. */
  isSealedWith(key: Buffer): boolean;
}

/** @param transaction 12 random bytes */
export function writeQuestion({ method, attributes, key }: Question, transaction: Buffer): Buffer {
  const parts = attributes.map(([name, value]) => attribute(ATTRIBUTES[name], value));
  const seal = key && sealOf([headerOf(method, transaction), ...parts], key);
  const sealed = seal ? [...parts, attribute(INTEGRITY, seal)] : parts;
  const bytes = Buffer.concat([headerOf(method, transaction), ...sealed]);
  const print = Buffer.alloc(4);
  print.writeUInt32BE(printOf(bytes));
  return withLength(Buffer.concat([bytes, attribute(FINGERPRINT, print)]));
}

/** Undefined: not an answer, or damaged. */
export function readAnswer(bytes: Buffer): Answer | undefined {
  if (bytes.length < HEADER_BYTES || bytes.readUInt32BE(4) !== COOKIE) return undefined;
  if (bytes.length !== HEADER_BYTES + bytes.readUInt16BE(2)) return undefined;
  const bits = bytes.readUInt16BE(0) & KIND_BITS;
  if (bits !== KINDS.success && bits !== KINDS.error) return undefined;
  const found = attributesIn(bytes);
  const print = found?.get(FINGERPRINT);
  if (found === undefined || (print && !hasPrint(bytes, print))) return undefined;
  const seal = found.get(INTEGRITY);
  return {
    kind: bits === KINDS.success ? 'success' : 'error',
    transaction: bytes.subarray(8, HEADER_BYTES),
    value: (name) => found.get(ATTRIBUTES[name])?.value,
    isSealedWith: (key) =>
      seal !== undefined && sealOf([bytes.subarray(0, seal.at)], key).equals(seal.value),
  };
}

/** What an error says: 401 and "Unauthorized". */
export function errorOf(answer: Answer): { code: number; words: string } | undefined {
  const value = answer.value('errorCode');
  if (value === undefined || value.length < 4) return undefined;
  const code = (value.readUInt8(2) & 0x07) * 100 + value.readUInt8(3);
  return { code, words: value.subarray(4).toString('utf8') };
}

/** An IPv4 address as attributes have it, so that no router changes it on the way. */
export function xorAddress(ip: string, port: number): Buffer {
  if (!isIPv4(ip)) throw new Error(`${ip} is no IPv4 address.`);
  const value = Buffer.alloc(8);
  value.writeUInt8(IPV4, 1);
  value.writeUInt16BE(port ^ (COOKIE >>> 16), 2);
  const bits = Buffer.from(ip.split('.').map(Number)).readUInt32BE();
  value.writeUInt32BE((bits ^ COOKIE) >>> 0, 4);
  return value;
}

export function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function headerOf(method: Method, transaction: Buffer): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16BE(METHODS[method] | KINDS.request, 0);
  header.writeUInt32BE(COOKIE, 4);
  transaction.copy(header, 8);
  return header;
}

function attribute(type: number, value: Buffer): Buffer {
  const bytes = Buffer.alloc(4 + paddedLength(value.length));
  bytes.writeUInt16BE(type, 0);
  bytes.writeUInt16BE(value.length, 2);
  value.copy(bytes, 4);
  return bytes;
}

function paddedLength(length: number): number {
  return Math.ceil(length / 4) * 4;
}

/** The header says how long the rest is, also to those who sign it before its end is there. */
function withLength(bytes: Buffer, more = 0): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt16BE(bytes.length + more - HEADER_BYTES, 2);
  return copy;
}

/** HMAC-SHA1 of what stands before it, with a length that counts itself (24 bytes). */
function sealOf(before: Buffer[], key: Buffer): Buffer {
  return createHmac('sha1', key)
    .update(withLength(Buffer.concat(before), 24))
    .digest();
}

/** CRC-32 of what stands before it, with a length that counts itself (8 bytes). */
function printOf(before: Buffer): number {
  return (crc32(withLength(before, 8)) ^ FINGERPRINT_XOR) >>> 0;
}

interface Found {
  at: number;
  value: Buffer;
}

function hasPrint(bytes: Buffer, { at, value }: Found): boolean {
  return value.length === 4 && value.readUInt32BE() === printOf(bytes.subarray(0, at));
}

/** By type, the first of each; undefined: one is longer than the message. */
function attributesIn(bytes: Buffer): Map<number, Found> | undefined {
  const found = new Map<number, Found>();
  let at = HEADER_BYTES;
  while (at + 4 <= bytes.length) {
    const type = bytes.readUInt16BE(at);
    const length = bytes.readUInt16BE(at + 2);
    const value = bytes.subarray(at + 4, at + 4 + length);
    if (value.length < length) return undefined;
    if (!found.has(type)) found.set(type, { at, value });
    at += 4 + paddedLength(length);
  }
  return found;
}
