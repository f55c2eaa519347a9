import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPage } from '../../web/node/page.ts';
import { headersFile } from './headers-file.ts';

describe('the headers of the page on the edge', () => {
  const dist = mkdtempSync(join(tmpdir(), 'harmonium-headers-'));
  let lines: string[];

  beforeAll(async () => {
    writeFileSync(join(dist, 'index.html'), '<!doctype html>');
    const text = await headersFile(createPage(dist, 'https://files.example.org'));
    lines = text.split('\n');
  });

  afterAll(() => rmSync(dist, { recursive: true }));

  test('are those of the page’s own server, with the bucket in its policy', () => {
    const policy = lines.find((line) => line.startsWith('  content-security-policy: '));
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/img-src [^;]*https:\/\/files\.example\.org/);
    expect(lines).toContain('  x-content-type-options: nosniff');
    expect(lines).toContain('  referrer-policy: same-origin');
  });

  test('keep browsers on TLS', () => {
    expect(lines).toContain('  strict-transport-security: max-age=31536000');
  });

  test('say once of each path how long it is kept: Cloudflare would join two of them', () => {
    const kept = lines.filter((line) => line.includes('cache-control'));
    expect(kept).toEqual(['  cache-control: public, max-age=31536000, immutable']);
    expect(lines[lines.indexOf(kept[0] ?? '') - 1]).toBe('/assets/*');
  });

  test('fit into what Cloudflare takes: 2,000 characters a line', () => {
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(2_000);
  });
});
