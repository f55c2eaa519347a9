import { expect, test } from 'vitest';
import { deriveKey, Srtp } from './srtp.ts';

// https://www.rfc-editor.org/rfc/rfc6188#section-7.3
const master = Buffer.from(
  'f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b63b04803de51ee7c96423ab5b78d2',
  'hex',
);

test('keys are derived as the RFC has them', () => {
  expect(deriveKey(master, 0, 32).toString('hex')).toBe(
    '5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4',
  );
  expect(deriveKey(master, 2, 14).toString('hex')).toBe('fa31791685ca444a9e07c6c64e93');
});

test('what was protected is what arrives, and not if it was touched', () => {
  const srtp = new Srtp(master.subarray(0, 44).toString('base64'));
  // With a header extension, so that it is not all of 12 bytes.
  const header = Buffer.from('906f020100000000cafebabebede000110850000', 'hex');
  const sent = srtp.protect(Buffer.concat([header, Buffer.from('a syllable')]), 513);
  expect(sent.includes('a syllable')).toBe(false);
  expect(srtp.payload(sent).toString()).toBe('a syllable');
  sent.writeUInt8(sent.readUInt8(25) ^ 1, 25);
  expect(() => srtp.payload(sent)).toThrow('authenticate');
});
