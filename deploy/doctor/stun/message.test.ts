import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { errorOf, readAnswer, writeQuestion, xorAddress } from './message.ts';

/* Test vectors of RFC 5769; each line of bytes is an attribute, after those of the header. */

const PASSWORD = Buffer.from('VOkJxbRl1RmTxUk/WvJxBt');
const bytesOf = (...lines: string[]) => Buffer.from(lines.join('').replaceAll(' ', ''), 'hex');

/** Section 2.2. */
const ANSWER = bytesOf(
  '0101003c 2112a442 b7e7a701bc34d686fa87dfae',
  '8022000b 7465737420766563746f7220',
  '00200008 0001a147e112a643',
  '00080014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7',
  '80280004 c07d4c96',
);

/** Section 2.4. */
const LONG_TERM = bytesOf(
  '00010060 2112a442 78ad3433c6ad72c029da412e',
  '00060012 e3839ee38388e383aae38383e382afe382b90000',
  '0015001c 662f2f3439396b39353464364f4c33346f4c394653547679363473 41',
  '0014000b 6578616d706c652e6f726700',
  '00080014 f67024656dd64a3e02b8e0712e85c9a28ca89666',
);

test('an answer is read, and shows whether its sender knew the password', () => {
  const answer = readAnswer(ANSWER);
  expect(answer?.kind).toBe('success');
  expect(answer?.transaction.toString('hex')).toBe('b7e7a701bc34d686fa87dfae');
  expect(answer?.isSealedWith(PASSWORD)).toBe(true);
  expect(answer?.isSealedWith(Buffer.from('another'))).toBe(false);
});

test('a damaged answer is none', () => {
  for (const at of [0, 2, 4, 30, 42, 79]) {
    const damaged = Buffer.from(ANSWER);
    damaged.writeUInt8(damaged.readUInt8(at) ^ 0x10, at);
    expect(readAnswer(damaged), `byte ${at}`).toBeUndefined();
  }
  expect(readAnswer(ANSWER.subarray(0, 40))).toBeUndefined();
  expect(readAnswer(Buffer.alloc(0))).toBeUndefined();
});

test('a question is sealed with the password', () => {
  const key = createHash('md5').update('マトリックス:example.org:TheMatrIX').digest();
  const written = writeQuestion(
    {
      method: 'binding',
      attributes: [
        ['username', Buffer.from('マトリックス')],
        ['nonce', Buffer.from('f//499k954d6OL34oL9FSTvy64sA')],
        ['realm', Buffer.from('example.org')],
      ],
      key,
    },
    LONG_TERM.subarray(8, 20),
  );
  // Ours has a fingerprint behind it, which its length counts.
  expect(written.subarray(4, LONG_TERM.length)).toEqual(LONG_TERM.subarray(4));
  expect(written.readUInt16BE(2)).toBe(LONG_TERM.readUInt16BE(2) + 8);
});

test('what is written has the print of what is read', () => {
  const written = writeQuestion({ method: 'binding', attributes: [] }, Buffer.alloc(12));
  written.writeUInt16BE(0x0101, 0);
  // The print was of a question.
  expect(readAnswer(written)).toBeUndefined();
  const unprinted = Buffer.from(written.subarray(0, 20));
  unprinted.writeUInt16BE(0, 2);
  expect(readAnswer(unprinted)?.kind).toBe('success');
});

test('an address is written as RFC 5769 has it', () => {
  expect(xorAddress('192.0.2.1', 32_853).toString('hex')).toBe('0001a147e112a643');
});

test('an error has a code and words', () => {
  const refused = bytesOf(
    '01130014 2112a442 000000000000000000000000',
    '00090010 00000401 556e617574686f72697a6564',
  );
  const answer = readAnswer(refused);
  expect(answer && errorOf(answer)).toEqual({ code: 401, words: 'Unauthorized' });
});
