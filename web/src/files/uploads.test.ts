import { ApiProblem } from '@harmonium/api/client';
import type { Client } from '@harmonium/api/client';
import type { ErrorBody, ErrorCode } from '@harmonium/api/errors';
import { Snowflake } from '@harmonium/api/ids';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { MemoryStorage } from '../room/testing/storage.ts';
import { createKeptFiles } from './kept-files.ts';
import { NotTaken } from './send-bytes.ts';
import type { SendBytes } from './send-bytes.ts';
import { createUploads } from './uploads.ts';

const here = '100';
const settled = () => vi.waitFor(() => Promise.resolve());

function problem(code: ErrorCode, retryAfter?: number): ApiProblem {
  const error: ErrorBody['error'] = { code, message: '', requestId: '', retryAfter };
  return new ApiProblem(500, { error });
}

/** A file of so many bytes. */
const file = (name: string, size = 10) => new File(['x'.repeat(size)], name);

describe('files on their way', () => {
  let storage: MemoryStorage;
  /** What api was asked, in order. */
  let asked: string[];
  /** Transfers under way, in the order they began. */
  let transfers: { name: string; part: (part: number) => void; end: (how?: Error) => void }[];
  let supplied: string[];
  /** What the next checks answer. */
  let checks: Error[];
  let lost: Set<string>;
  let count: number;

  beforeEach(() => {
    storage = new MemoryStorage();
    asked = [];
    transfers = [];
    supplied = [];
    checks = [];
    lost = new Set();
    count = 0;
  });

  const names = new Map<string, string>();
  const answer = (endpoint: string, parts: unknown): unknown => {
    const { body, params } = parts as { body?: { name: string }; params?: { id: string } }; // As the endpoints have it.
    const id = params?.id ?? Snowflake.parse(String((count += 1)));
    if (body !== undefined) names.set(id, body.name);
    const name = names.get(id) ?? '';
    const verb = endpoint.startsWith('DELETE') ? 'give back' : body ? 'promise' : 'check';
    asked.push(`${verb} ${name}`);
    if (verb === 'promise') return { id, uploadUrl: name, method: 'PUT', headers: {} };
    if (verb === 'give back') return undefined;
    const failure = lost.has(name) ? problem('upload_missing') : checks.shift();
    if (failure !== undefined) throw failure;
    const attachment = { id: Snowflake.parse(id), name, size: 10, type: 'text/plain' };
    return { attachment, ticket: `ticket of ${name}` };
  };
  // Answers what the endpoints that are asked for answer.
  const call = ((endpoint: string, parts: unknown) =>
    Promise.resolve().then(() => answer(endpoint, parts))) as Client;
  const sendBytes: SendBytes = ({ uploadUrl }, _, { onPart, signal }) =>
    new Promise((resolve, reject) => {
      const end = (how?: Error) => (how === undefined ? resolve() : reject(how));
      transfers.push({ name: uploadUrl, part: onPart, end });
      signal.addEventListener('abort', () => end(new DOMException('given up', 'AbortError')));
    });

  function open() {
    return createUploads({
      call,
      sendBytes,
      kept: createKeptFiles(storage, 'mirela'),
      limit: () => 1000,
      look: () => undefined,
      wait: () => Promise.resolve(),
      makeKey: () => `key${(count += 1)}`,
      supply: (_, key, ticket) => supplied.push(`${key}: ${ticket}`),
    });
  }
  const steps = (uploads: ReturnType<typeof open>) =>
    uploads.chosen(here).map(({ name, state }) => `${name} ${state().step}`);
  const transferring = () => transfers.map(({ name }) => name);
  const transfer = (name: string) => transfers.findLast((each) => each.name === name);
  async function finish(name: string, how?: Error): Promise<void> {
    await vi.waitFor(() => expect(transfer(name)).toBeDefined());
    transfer(name)?.end(how);
    await settled();
  }

  test('what is chosen goes up at once, three at a time, in the order chosen', async () => {
    const uploads = open();
    uploads.add(
      here,
      ['a', 'b', 'c', 'd'].map((name) => file(name)),
    );
    await vi.waitFor(() => expect(transferring()).toEqual(['a', 'b', 'c']));
    expect(steps(uploads)).toEqual(['a sending', 'b sending', 'c sending', 'd waiting']);
    transfer('b')?.part(0.5);
    expect(uploads.chosen(here)[1]?.state()).toEqual({ step: 'sending', part: 0.5 });
    await finish('b');
    await vi.waitFor(() => expect(transferring()).toEqual(['a', 'b', 'c', 'd']));
    expect(steps(uploads)).toEqual(['a sending', 'b ready', 'c sending', 'd sending']);
  });

  test('what cannot go is named, and the rest goes', () => {
    const uploads = open();
    const files = [file('empty', 0), file('huge', 1001)];
    for (let at = 0; at < 12; at += 1) files.push(file(`f${at}`));
    expect(uploads.add(here, files)).toEqual([
      { why: 'empty', name: 'empty' },
      { why: 'too_large', name: 'huge', limit: 1000 },
      { why: 'too_many', count: 2 },
    ]);
    expect(uploads.chosen(here)).toHaveLength(10);
    expect(uploads.add(here, [file('late')])).toEqual([{ why: 'too_many', count: 1 }]);
  });

  test('one that is taken out is given back, and makes room for the next', async () => {
    const uploads = open();
    uploads.add(
      here,
      ['a', 'b', 'c', 'd'].map((name) => file(name)),
    );
    await vi.waitFor(() => expect(transfers).toHaveLength(3));
    uploads.remove(here, uploads.chosen(here)[0]?.key ?? '');
    await vi.waitFor(() => expect(transferring()).toEqual(['a', 'b', 'c', 'd']));
    expect(asked).toContain('give back a');
    expect(steps(uploads)).toEqual(['b sending', 'c sending', 'd sending']);
  });

  test('one that is taken out before it was promised is given back as well', async () => {
    const uploads = open();
    uploads.add(here, [file('a')]);
    uploads.remove(here, uploads.chosen(here)[0]?.key ?? '');
    await vi.waitFor(() => expect(asked).toEqual(['promise a', 'give back a']));
    expect(transfers).toEqual([]);
  });

  test('one that did not arrive is sent anew when it is asked for', async () => {
    const uploads = open();
    uploads.add(here, [file('a')]);
    await finish('a', new NotTaken());
    await vi.waitFor(() => expect(steps(uploads)).toEqual(['a failed']));
    expect(uploads.canGo(here)).toBe(false);
    uploads.retry(here, uploads.chosen(here)[0]?.key ?? '');
    await vi.waitFor(() => expect(transfers).toHaveLength(2));
    await finish('a');
    await vi.waitFor(() => expect(steps(uploads)).toEqual(['a ready']));
    expect(asked).toEqual(['promise a', 'give back a', 'promise a', 'check a']);
  });

  test('what a lost connection broke off goes on when it is back, and nothing else does', async () => {
    const uploads = open();
    uploads.add(here, [file('a'), file('b')]);
    await finish('a', new ApiProblem(0, undefined));
    await finish('b', new NotTaken());
    await vi.waitFor(() => expect(steps(uploads)).toEqual(['a failed', 'b failed']));
    uploads.resume();
    await vi.waitFor(() => expect(transferring()).toEqual(['a', 'b', 'a']));
    await finish('a');
    await vi.waitFor(() => expect(steps(uploads)).toEqual(['a ready', 'b failed']));
  });

  test('bytes that are there are not sent twice because the check was not to be had', async () => {
    const uploads = open();
    checks = [problem('unavailable', 2), problem('unavailable', 2), problem('internal')];
    uploads.add(here, [file('a')]);
    await finish('a');
    await vi.waitFor(() => expect(steps(uploads)).toEqual(['a failed']));
    uploads.retry(here, uploads.chosen(here)[0]?.key ?? '');
    await vi.waitFor(() => expect(steps(uploads)).toEqual(['a ready']));
    expect(transfers).toHaveLength(1);
  });

  test('a message that is sent before its files are there gets their tickets one by one', async () => {
    const uploads = open();
    uploads.add(here, [file('a'), file('b')]);
    await finish('a');
    await vi.waitFor(() => expect(steps(uploads)).toEqual(['a ready', 'b sending']));
    const taken = uploads.take(here);
    expect(taken.map(({ name, ticket }) => [name, ticket])).toEqual([
      ['a', 'ticket of a'],
      ['b', undefined],
    ]);
    expect(uploads.chosen(here)).toEqual([]);
    expect(supplied).toEqual([]);
    await finish('b');
    await vi.waitFor(() => expect(supplied).toEqual([`${taken[1]?.key}: ticket of b`]));
  });

  test('after a reload what was there is there, and what was not says so', async () => {
    const before = open();
    before.add(
      here,
      ['a', 'b', 'c', 'd'].map((name) => file(name)),
    );
    await finish('a');
    await vi.waitFor(() => expect(transfers).toHaveLength(4));
    lost = new Set(['b', 'c', 'd']);
    transfers = [];
    const after = open();
    await vi.waitFor(() =>
      expect(steps(after)).toEqual(['a ready', 'b interrupted', 'c interrupted', 'd interrupted']),
    );
    expect(transfers).toEqual([]);
    for (const { key, name } of after.chosen(here)) if (name !== 'a') after.remove(here, key);
    expect(after.take(here).map(({ ticket }) => ticket)).toEqual(['ticket of a']);
    expect(open().chosen(here)).toEqual([]);
  });

  test('one channel’s files are no other’s', () => {
    const uploads = open();
    uploads.add(here, [file('a')]);
    expect(uploads.chosen('200')).toEqual([]);
    expect(uploads.take('200')).toEqual([]);
  });
});
