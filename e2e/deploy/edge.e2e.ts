import { request } from 'node:https';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Product } from '../product.ts';

/** What the world can reach of the composed product, and what it cannot. */
describe.runIf(process.env['PRODUCT'] === 'compose')('seen from outside', () => {
  let product: Product;

  beforeAll(async () => {
    const CLIENT_URL = 'https://localhost';
    product = await Product.start({ CLIENT_URL, METRICS_TOKEN: 'a token for the metrics' });
  });

  afterAll(() => product?.discard());

  test('the page comes compressed, under its policy, and is kept by its name', async () => {
    const page = await fetch(product.url, { headers: { 'accept-encoding': 'br' } });
    expect(page.headers.get('content-encoding')).toBe('br');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('strict-transport-security')).toMatch(/^max-age=\d+$/);
    expect(page.headers.get('server')).toBeNull();
    const [asset] = /\/assets\/[\w.-]+\.js/.exec(await page.text()) ?? [];
    const script = await fetch(product.url + (asset ?? ''));
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect((await fetch(`${product.url}/assets/none.js`)).status).toBe(404);
  });

  test('plain HTTP leads to HTTPS', async () => {
    const answer = await fetch('http://localhost/invite/x', { redirect: 'manual' });
    expect(answer.status).toBe(308);
    expect(answer.headers.get('location')).toBe('https://localhost/invite/x');
  });

  test('the link that makes somebody the owner leads there', () => {
    expect(product.output).toContain(`https://localhost/register?owner=`);
  });

  test('the api says that every part is well', async () => {
    const health = await fetch(`${product.url}/health`);
    expect(await health.json()).toMatchObject({ status: 'ok' });
  });

  test('metrics and what services tell each other are not there, whatever is shown', async () => {
    const headers = { authorization: 'Bearer a token for the metrics' };
    for (const path of ['/metrics', '/api/internal/outbox', '/parties/main/1', '/sfu/disconnect']) {
      for (const method of ['GET', 'POST']) {
        const answer = await fetch(product.url + path, { method, headers });
        expect([path, answer.status]).toEqual([path, 404]);
      }
    }
    expect((await fetch('http://api:3001/metrics', { headers })).status).toBe(200);
  });

  test('a body that is larger than anything we take is refused', async () => {
    expect(await statusOf('/api/auth/login', 20 * 1024 * 1024)).toBe(413);
  });

  /** Sends so many bytes until it is answered. */
  function statusOf(path: string, bytes: number): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': bytes };
      const asking = request(product.url + path, { method: 'POST', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
        asking.destroy();
      });
      asking.on('error', reject);
      asking.end(Buffer.alloc(bytes, 'x'));
    });
  }
});
