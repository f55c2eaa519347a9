import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { endpoints } from '@harmonium/api/endpoints';
import { strFromU8, unzipSync } from 'fflate';
import { Secret, TOTP } from 'otpauth';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unstable_startWorker as startWorker } from 'wrangler';
import { startNeonProxy } from '../testing/neon-proxy.ts';
import { startPostgres } from '../testing/postgres.ts';
import { startRedis } from '../testing/redis.ts';
import { startS3 } from '../testing/s3.ts';
import { startUpstashBridge } from '../testing/upstash-bridge.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const ORIGIN = 'http://chat.example';
const ADA = { username: 'ada', email: 'ada@example.org', password: 'a long enough password' };

describe('the api on Cloudflare Workers', () => {
  let worker: Awaited<ReturnType<typeof startWorker>>;
  const closing: (() => Promise<unknown>)[] = [];
  let databaseUrl: string;

  async function opened<S extends { close(): Promise<unknown> }>(service: Promise<S>): Promise<S> {
    const started = await service;
    closing.unshift(() => started.close());
    return started;
  }

  beforeAll(async () => {
    const [postgres, redis, s3] = await Promise.all([
      opened(startPostgres()),
      opened(startRedis()),
      opened(startS3()),
    ]);
    databaseUrl = postgres.url;
    const proxy = await opened(startNeonProxy(postgres.url));
    const bridge = await opened(startUpstashBridge(redis.url));
    const vars = {
      DATABASE_URL: postgres.url,
      NEON_WS_PROXY: proxy.url,
      UPSTASH_REDIS_REST_URL: bridge.url,
      UPSTASH_REDIS_REST_TOKEN: bridge.token,
      S3_ENDPOINT: s3.url,
      S3_REGION: s3.region,
      S3_BUCKET: s3.bucket,
      S3_ACCESS_KEY_ID: s3.accessKeyId,
      S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
      JWT_SECRET: 'a secret for tests only',
      JWT_REFRESH_SECRET: 'another one for tests only',
      RATE_LIMIT_SCALE: '1000',
      ROOMS_URL: 'http://127.0.0.1:1',
      SFU_URL: 'http://127.0.0.1:1',
    };
    worker = await startWorker({
      config: join(ROOT, 'wrangler.toml'),
      bindings: {
        ...Object.fromEntries(
          Object.entries(vars).map(([name, value]) => [name, { type: 'plain_text', value }]),
        ),
        // A binding has to lead somewhere; with ROOMS_URL nobody goes there.
        ROOMS: { type: 'service', service: 'harmonium' },
      },
      dev: {
        server: { hostname: '127.0.0.1', port: 0 },
        inspector: false,
        watch: false,
        remote: false,
        logLevel: 'error',
      },
    });
    closing.unshift(() => worker.dispose());
    await worker.ready;
  });

  afterAll(async () => {
    for (const close of closing) await close();
  });

  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    worker.fetch(ORIGIN + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  it('serves the page on every address of the app, under its policy', async () => {
    const asset = /\/assets\/[\w.-]+\.js/;
    for (const path of ['/', '/login', '/invite/abc']) {
      const page = await asBrowser(path, 'navigate');
      expect([path, page.status]).toEqual([path, 200]);
      expect(page.headers['content-security-policy']).toContain("default-src 'none'");
      expect(page.headers['cache-control']).toMatch(/max-age=0|no-cache/);
      expect(page.text).toMatch(asset);
    }
    // Whoever makes a preview of a link does not say that it navigates.
    const page = await asBrowser('/invite/abc', undefined);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    const [script = ''] = asset.exec(page.text) ?? [];
    const found = await asBrowser(script, 'no-cors');
    expect(found.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await asBrowser('/assets/none.js', 'no-cors')).status).toBe(404);
  });

  /** `fetch` would say itself how it asks, which decides who answers. */
  async function asBrowser(path: string, mode: string | undefined) {
    const headers = mode === undefined ? {} : { 'sec-fetch-mode': mode };
    const asking = request(new URL(path, await worker.url), { headers }).end();
    const [answer] = (await once(asking, 'response')) as [IncomingMessage]; // As Node says.
    return { status: answer.statusCode, headers: answer.headers, text: await text(answer) };
  }

  it('shows the ways of services to nobody', async () => {
    expect((await worker.fetch(`${ORIGIN}/parties/main/1`)).status).toBe(404);
    expect((await post('/parties/main/1', { events: [{}] })).status).toBe(404);
    expect((await post('/api/internal/outbox', {})).status).toBe(401);
    expect((await worker.fetch(`${ORIGIN}/metrics`)).headers.get('content-type')).toMatch(/html/);
  });

  it('tells anyone what the instance is', async () => {
    const answer = await worker.fetch(`${ORIGIN}/api/config`);
    expect(answer.status).toBe(200);
    const config = endpoints['GET /api/config'].answer.parse(await answer.json());
    expect(config).toMatchObject({ name: 'Harmonium', registration: 'open' });
    expect(config.features).toEqual({ linkPreviews: false, thumbnails: false });
  });

  it('registers an account, knows it by its token, and logs it in again', async () => {
    const registered = await post('/api/auth/register', ADA);
    expect(registered.status).toBe(201);
    const session = endpoints['POST /api/auth/register'].answer.parse(await registered.json());

    const me = await worker.fetch(`${ORIGIN}/api/users/@me`, {
      headers: { authorization: `Bearer ${session.accessToken}` },
    });
    expect(await me.json()).toMatchObject({ id: session.user.id, username: 'ada' });

    const again = await post('/api/auth/login', { login: 'ada', password: ADA.password });
    expect(again.status).toBe(200);
    expect(again.headers.get('set-cookie')).toMatch(/HttpOnly/i);
    const wrong = await post('/api/auth/login', { login: 'ada', password: 'not the password' });
    expect(wrong.status).toBe(401);
  });

  it('asks for a second factor once there is one', async () => {
    const eve = { username: 'eve', email: 'eve@example.org', password: ADA.password };
    const registered = await post('/api/auth/register', eve);
    const { accessToken } = endpoints['POST /api/auth/register'].answer.parse(
      await registered.json(),
    );
    const authorization = `Bearer ${accessToken}`;
    const { password } = eve;
    const begun = await post('/api/users/@me/totp', { password }, { authorization });
    const { secret } = endpoints['POST /api/users/@me/totp'].answer.parse(await begun.json());
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    const confirmed = await post(
      '/api/users/@me/totp/confirm',
      { code: totp.generate() },
      { authorization },
    );
    expect(confirmed.status).toBe(200);
    const without = await post('/api/auth/login', { login: 'eve', password });
    expect([without.status, await without.text()]).toEqual([
      401,
      expect.stringContaining('totp_required'),
    ]);
    const next = totp.generate({ timestamp: Date.now() + 30_000 });
    const logins = [next, next].map((code) =>
      post('/api/auth/login', { login: 'eve', password, totp: code }),
    );
    const statuses = (await Promise.all(logins)).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 401]);
  });

  it('streams an export, and keeps the database open until it is read', async () => {
    const again = await post('/api/auth/login', { login: 'ada', password: ADA.password });
    const { accessToken } = endpoints['POST /api/auth/login'].answer.parse(await again.json());
    const answer = await worker.fetch(`${ORIGIN}/api/users/@me/export`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(answer.headers.get('content-type')).toBe('application/zip');
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
    expect(strFromU8(files['account.json'] ?? new Uint8Array())).toContain(ADA.email);
    expect(Object.keys(files)).toContain('servers.json');
  });

  it('has no mail server and says so, and still takes requests for links', async () => {
    const config = await (await worker.fetch(`${ORIGIN}/api/config`)).json();
    expect(config).toMatchObject({ mail: false });
    const forgot = await post('/api/auth/forgot-password', { email: ADA.email });
    expect(forgot.status).toBe(204);
  });

  it('serves many at once, none with the connection of another', async () => {
    const preview = () => worker.fetch(`${ORIGIN}/api/invites/nobodyknows`);
    const answers = await Promise.all(Array.from({ length: 30 }, preview));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 404));
  });

  it('reaches the database, the cache and the files', async () => {
    const { checks } = endpoints['GET /health'].answer.parse(
      await (await worker.fetch(`${ORIGIN}/health`)).json(),
    );
    expect(checks).toMatchObject({
      database: { ok: true },
      cache: { ok: true },
      files: { ok: true },
    });
  });

  it('sweeps by its clock', async () => {
    const database = new Client({ connectionString: databaseUrl });
    await database.connect();
    const count = async () => (await database.query('select 1 from sessions')).rowCount;
    await database.query("update sessions set expires_at = now() - interval '8 days'");
    expect(await count()).toBeGreaterThan(0);
    await worker.fetch(`${ORIGIN}/cdn-cgi/handler/scheduled?cron=23+*+*+*+*`);
    await expect.poll(count, { timeout: 10_000 }).toBe(0);
    await database.end();
  });
});
