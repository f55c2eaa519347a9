import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPage } from './page.ts';

let dist: string;
beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), 'harmonium-page-'));
  await writeFile(join(dist, 'index.html'), '<!doctype html>');
});
afterAll(() => rm(dist, { recursive: true }));

async function policy(filesOrigin?: string) {
  const { headers } = await createPage(dist, filesOrigin).request('/');
  const rules = (headers.get('content-security-policy') ?? '').split('; ');
  return new Map(rules.map((rule) => [rule.split(' ')[0], rule]));
}

test('nothing runs or is loaded but what is the page’s own', async () => {
  const rules = await policy();
  expect(rules.get('default-src')).toBe("default-src 'none'");
  expect(rules.get('script-src')).toBe("script-src 'self' 'wasm-unsafe-eval'");
  for (const what of [
    'script-src-attr',
    'frame-src',
    'object-src',
    'base-uri',
    'frame-ancestors',
  ]) {
    expect(rules.get(what)).toBe(`${what} 'none'`);
  }
  for (const what of ['img-src', 'media-src', 'font-src', 'style-src-elem', 'worker-src']) {
    expect(rules.get(what)).not.toMatch(/https?:|\*|unsafe/);
  }
});

test('files are sent to and shown from where they are, and nothing of theirs runs', async () => {
  const bucket = 'https://s3.example.org';
  const here = await policy();
  const there = await policy(bucket);
  for (const what of ['img-src', 'media-src', 'connect-src']) {
    expect(there.get(what)).toBe(`${here.get(what)} ${bucket}`);
  }
  for (const what of ['default-src', 'script-src', 'object-src', 'style-src']) {
    expect(there.get(what)).toBe(here.get(what));
  }
});
