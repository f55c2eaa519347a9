import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testFiles } from '../files.suite.ts';
import { type DiskFiles, createDiskFiles } from './files-disk.ts';

let folder: string;
let files: DiskFiles;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmonium-files-'));
  files = createDiskFiles({ folder, secret: 'a secret for tests', now: Date.now });
});
afterAll(() => rm(folder, { recursive: true }));

const ask = (url: string, init?: RequestInit) =>
  files.handle(new Request(`http://harmonium.test${url}`, init));

testFiles('disk', () => ({ files, fetch: ask }));

it('leaves nothing behind of uploads that failed', async () => {
  const upload = await files.signUpload('left/over', { size: 3, type: 'text/plain' }, 60);
  const { url, method, headers } = upload;
  expect((await ask(url, { method, headers, body: 'much too long' })).status).toBe(400);
  expect(await readdir(join(folder, '.partial'))).toEqual([]);
});

it('never lets what it serves run as a page of ours', async () => {
  await files.put('some/page', new TextEncoder().encode('<html>'), { size: 6, type: 'text/html' });
  const { headers } = await ask(await files.signDownload('some/page', 60));
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-disposition')).toBe('attachment');
});

it('tells browsers of a page elsewhere that they may send and read, where files have their own name', async () => {
  const origin = 'https://files.example';
  const apart = createDiskFiles({ folder, secret: 'another secret', now: Date.now, origin });
  const about = { size: 2, type: 'text/plain' };
  const { url, method, headers } = await apart.signUpload('a/note', about, 60);
  expect(url.startsWith(`${origin}/files/a/note?`)).toBe(true);
  const asked = await apart.handle(new Request(url, { method: 'OPTIONS' }));
  expect(asked.status).toBe(204);
  expect(asked.headers.get('access-control-allow-methods')).toContain('PUT');
  const sent = await apart.handle(new Request(url, { method, headers, body: 'hi' }));
  expect([sent.status, sent.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
  const read = await apart.handle(new Request(await apart.signDownload('a/note', 60)));
  expect(read.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  const own = await ask(await files.signDownload('a/note', 60));
  expect(own.headers.get('access-control-allow-origin')).toBeNull();
  expect(own.headers.get('cross-origin-resource-policy')).toBe('same-origin');
});

it('answers HEAD without the file, and no other method', async () => {
  await files.put('a/note', new TextEncoder().encode('hi'), { size: 2, type: 'text/plain' });
  const url = await files.signDownload('a/note', 60);
  const head = await ask(url, { method: 'HEAD' });
  expect(head.headers.get('content-length')).toBe('2');
  expect(await head.text()).toBe('');
  expect((await ask(url, { method: 'DELETE' })).status).toBe(400);
});

it.each(['/files/', '/files/%2e%2e/%2e%2e/etc/passwd', '/files/.types/a/note', '/elsewhere'])(
  'answers 404 at %s',
  async (path) => {
    expect((await ask(path)).status).toBe(404);
  },
);
