import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { FileBody, Files } from './files.ts';

export interface FilesUnderTest {
  files: Files;
  /** Sends what a browser would send to a signed address. */
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
}

const text = { type: 'text/plain' };
const HELLO = bytes('hello, world');

/** The rules of `files.ts`. The store need not be empty: every test has its own keys. */
export function testFiles(name: string, open: () => FilesUnderTest) {
  describe(`files: ${name}`, () => {
    const key = () => `test/${randomUUID()}/file.txt`;
    const put = (to: string, body: FileBody, size: number) =>
      open().files.put(to, body, { size, ...text });

    it('gives back what was put', async () => {
      const to = key();
      await put(to, HELLO, HELLO.length);
      const file = await open().files.get(to);
      expect(file).toMatchObject({ size: HELLO.length, type: 'text/plain' });
      expect(await read(file?.body)).toEqual(HELLO);
    });

    it('takes a file in pieces', async () => {
      const to = key();
      await put(to, pieces('hello', ', ', 'world'), HELLO.length);
      expect(await read((await open().files.get(to))?.body)).toEqual(HELLO);
    });

    it('keeps a large file byte by byte', async () => {
      const to = key();
      const large = new Uint8Array(3_000_000).map((_, index) => (index * 31) % 251);
      await put(to, large, large.length);
      const back = await read((await open().files.get(to))?.body);
      expect(Buffer.compare(back, large)).toBe(0);
    });

    it('keeps an empty file', async () => {
      const to = key();
      await put(to, new Uint8Array(), 0);
      expect(await open().files.head(to)).toMatchObject({ size: 0 });
      expect(await read((await open().files.get(to))?.body)).toEqual(new Uint8Array());
    });

    it('knows nothing of what was never put', async () => {
      const { files } = open();
      expect(await files.get(key())).toBeUndefined();
      expect(await files.head(key())).toBeUndefined();
    });

    it('replaces the file before, type and all', async () => {
      const { files } = open();
      const to = key();
      await put(to, HELLO, HELLO.length);
      await files.put(to, bytes('{}'), { size: 2, type: 'application/json' });
      expect(await files.head(to)).toEqual({ size: 2, type: 'application/json' });
      expect(await read((await files.get(to))?.body)).toEqual(bytes('{}'));
    });

    it.each([
      ['a part', { start: 1, end: 4 }, 'ello'],
      ['the rest', { start: 7 }, 'world'],
      ['what there is of a part that ends behind the end', { start: 7, end: 999 }, 'world'],
      ['nothing from behind the end', { start: 12 }, ''],
    ])('gives %s', async (_, range, expected) => {
      const to = key();
      await put(to, HELLO, HELLO.length);
      const file = await open().files.get(to, range);
      expect(file).toMatchObject({ size: HELLO.length, type: 'text/plain' });
      expect(await read(file?.body)).toEqual(bytes(expected));
    });

    it('deletes a file', async () => {
      const { files } = open();
      const to = key();
      await put(to, HELLO, HELLO.length);
      await files.delete(to);
      await files.delete(to);
      expect(await files.head(to)).toBeUndefined();
    });

    it.each([
      ['longer', pieces('hello', ', world and all'), HELLO.length],
      ['shorter', pieces('hello'), HELLO.length],
    ])('refuses a body that is %s than it said, and keeps the old file', async (_, body, size) => {
      const to = key();
      await put(to, bytes('old'), 3);
      await expect(put(to, body, size)).rejects.toThrow('size');
      expect(await read((await open().files.get(to))?.body)).toEqual(bytes('old'));
    });

    it('keeps the old file when a body breaks off', async () => {
      const to = key();
      await put(to, bytes('old'), 3);
      await expect(put(to, broken('hel'), 5)).rejects.toThrow('the line went dead');
      expect(await read((await open().files.get(to))?.body)).toEqual(bytes('old'));
    });

    it.each([
      '../secret',
      'a/../../secret',
      '/etc/passwd',
      'a//b',
      '.hidden',
      'a/.types/b',
      'a\\..\\b',
      'a\0b',
      'a/',
      '',
      'a b',
      'a?b',
      'a%2e%2e/b',
      'x'.repeat(513),
    ])('refuses the key %j', async (bad) => {
      const { files } = open();
      const about = { size: 1, ...text };
      await expect(files.put(bad, new Uint8Array(1), about)).rejects.toThrow('not a file key');
      await expect(files.get(bad)).rejects.toThrow('not a file key');
      await expect(files.head(bad)).rejects.toThrow('not a file key');
      await expect(files.delete(bad)).rejects.toThrow('not a file key');
      await expect(files.move(bad, key())).rejects.toThrow('not a file key');
      await expect(files.move(key(), bad)).rejects.toThrow('not a file key');
      await expect(files.signUpload(bad, about, 60)).rejects.toThrow('not a file key');
      await expect(files.signDownload(bad, 60)).rejects.toThrow('not a file key');
    });

    it('takes an upload at a signed address', async () => {
      const { files, fetch } = open();
      const to = key();
      const about = { size: HELLO.length, ...text };
      const { url, method, headers } = await files.signUpload(to, about, 60);
      expect((await fetch(url, { method, headers, body: HELLO })).status).toBe(200);
      expect(await files.head(to)).toEqual(about);
    });

    it.each([
      ['a longer file', { body: bytes('hello, world!') }],
      ['a shorter file', { body: bytes('hello') }],
      ['another type', { headers: { 'content-type': 'text/html' } }],
    ])('refuses %s at an address signed for this one', async (_, changed) => {
      const { files, fetch } = open();
      const to = key();
      const about = { size: HELLO.length, ...text };
      const { url, method, headers } = await files.signUpload(to, about, 60);
      const answer = await fetch(url, { method, headers, body: HELLO, ...changed });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(await files.head(to)).toBeUndefined();
    });

    it('refuses an address that was altered', async () => {
      const { files, fetch } = open();
      const [to, other] = [key(), key()];
      const about = { size: HELLO.length, ...text };
      const { url, method, headers } = await files.signUpload(to, about, 60);
      const altered = url.replace(to, other);
      expect((await fetch(altered, { method, headers, body: HELLO })).status).toBe(403);
      expect(await files.head(other)).toBeUndefined();

      await put(other, HELLO, HELLO.length);
      const reading = (await files.signDownload(to, 60)).replace(to, other);
      expect((await fetch(reading)).status).toBe(403);
    });

    it('refuses an upload at an address that allows reading', async () => {
      const { files, fetch } = open();
      const to = key();
      const url = await files.signDownload(to, 60);
      expect((await fetch(url, { method: 'PUT', body: HELLO })).status).toBe(403);
      expect(await files.head(to)).toBeUndefined();
    });

    it('refuses an address when its time is over', async () => {
      const { files, fetch } = open();
      const to = key();
      await put(to, HELLO, HELLO.length);
      const url = await files.signDownload(to, 1);
      expect((await fetch(url)).status).toBe(200);
      await sleep(2100);
      expect((await fetch(url)).status).toBe(403);
    });

    it('lets the holder of a signed address read, wholly or in part', async () => {
      const { files, fetch } = open();
      const to = key();
      await put(to, HELLO, HELLO.length);
      const url = await files.signDownload(to, 60);
      const whole = await fetch(url);
      expect(whole.headers.get('content-type')).toBe('text/plain');
      expect(await whole.text()).toBe('hello, world');
      const part = await fetch(url, { headers: { range: 'bytes=7-' } });
      expect(part.status).toBe(206);
      expect(part.headers.get('content-range')).toBe('bytes 7-11/12');
      expect(await part.text()).toBe('world');
      expect((await fetch(url, { headers: { range: 'bytes=99-' } })).status).toBe(416);
    });

    it('answers 404 for a file that is gone', async () => {
      const { files, fetch } = open();
      expect((await fetch(await files.signDownload(key(), 60))).status).toBe(404);
    });

    it('has a browser save what it must not show', async () => {
      const { files, fetch } = open();
      const to = key();
      const page = bytes('<script>alert(1)</script>');
      await files.put(to, page, { size: page.length, type: 'text/html' });
      const answer = await fetch(await files.signDownload(to, 60));
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
    });

    it('has a browser show a picture in place, or save it under a name', async () => {
      const { files, fetch } = open();
      const to = key();
      await files.put(to, HELLO, { size: HELLO.length, type: 'image/png' });
      const shown = await fetch(await files.signDownload(to, 60));
      expect(shown.headers.get('content-disposition')).toBe('inline');
      const saved = await fetch(
        await files.signDownload(to, 60, { name: 'Übersicht "1".png', save: true }),
      );
      expect(saved.headers.get('content-disposition')).toBe(
        `attachment; filename="_bersicht _1_.png"; filename*=UTF-8''%C3%9Cbersicht%20%221%22.png`,
      );
    });

    it('says the type and name it is asked to, and saves what a browser must not show', async () => {
      const { files, fetch } = open();
      const to = key();
      await files.put(to, HELLO, { size: HELLO.length, type: 'text/html' });
      const type = 'text/plain; charset=utf-8';
      const shown = await fetch(await files.signDownload(to, 60, { type, name: 'notes.txt' }));
      expect(shown.headers.get('content-type')).toBe(type);
      expect(shown.headers.get('content-disposition')).toMatch(/^inline; filename="notes\.txt"/);
      const page = await fetch(await files.signDownload(to, 60, { type: 'image/svg+xml' }));
      expect(page.headers.get('content-disposition')).toBe('attachment');
      const picture = await files.signDownload(to, 60, { type: 'image/png' });
      const lying = picture.replace('image%2Fpng', 'text%2Fhtml');
      expect(lying).not.toBe(picture);
      expect((await fetch(lying)).status).toBe(403);
    });

    it('signs the same address for the same moment, which ends counted from it', async () => {
      const { files, fetch } = open();
      const to = key();
      await put(to, HELLO, HELLO.length);
      const from = Math.floor(Date.now() / 1000) * 1000 - 30_000;
      const url = await files.signDownload(to, 60, { from });
      await sleep(1100);
      expect(await files.signDownload(to, 60, { from })).toBe(url);
      const answer = await fetch(url);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toMatch(/^private, max-age=\d+, immutable$/);
      expect((await fetch(await files.signDownload(to, 20, { from }))).status).toBe(403);
    });

    it('moves a file out of reach of who may still send to the old key', async () => {
      const { files, fetch } = open();
      const [from, to] = [key(), key()];
      const about = { size: HELLO.length, ...text };
      const { url, method, headers } = await files.signUpload(from, about, 60);
      expect(await files.move(from, to)).toBe(false);
      await fetch(url, { method, headers, body: HELLO });
      await put(to, bytes('old'), 3);
      expect(await files.move(from, to)).toBe(true);
      expect(await files.head(from)).toBeUndefined();
      await fetch(url, { method, headers, body: bytes('HELLO, WORLD') });
      expect(await read((await files.get(to))?.body)).toEqual(HELLO);
      expect(await files.head(to)).toEqual(about);
    });

    it('answers a ping', async () => {
      await open().files.ping();
    });
  });
}

function bytes(content: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(content);
}

async function read(body: ReadableStream<Uint8Array> | undefined): Promise<Uint8Array> {
  return new Uint8Array(await new Response(body as ReadableStream).arrayBuffer());
}

function pieces(...parts: string[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(bytes(part));
      controller.close();
    },
  });
}

function broken(start: string): ReadableStream<Uint8Array<ArrayBuffer>> {
  const parts = [bytes(start)];
  return new ReadableStream({
    pull(controller) {
      const part = parts.pop();
      if (part === undefined) controller.error(new Error('the line went dead'));
      else controller.enqueue(part);
    },
  });
}
