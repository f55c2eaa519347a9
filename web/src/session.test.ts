import { ApiProblem } from '@harmonium/api/client';
import type { ErrorCode } from '@harmonium/api/errors';
import type { SessionDeps, TabChange } from './session.ts';
import { createSession } from './session.ts';
import { describe, expect, test } from 'vitest';

const MINUTE = 60_000;

describe('a session', () => {
  test('is taken up from the refresh cookie on load', async () => {
    const { session } = scene({ 'POST /api/auth/refresh': () => entered('first') });
    expect(session.state().status).toBe('starting');
    await session.resume();
    expect(session.user()?.username).toBe('Mirela');
  });

  test('is out when the cookie is refused', async () => {
    const { session } = scene({ 'POST /api/auth/refresh': () => refused(401, 'unauthorized') });
    await session.resume();
    expect(session.state()).toEqual({ status: 'out' });
  });

  test.each([
    ['unauthorized', 'elsewhere'],
    ['refresh_reused', 'safety'],
  ] as const)('that ends under way with %s says why', async (code, why) => {
    let answer = () => entered('first');
    const { session } = scene({ 'POST /api/auth/refresh': () => answer() });
    await session.resume();
    answer = () => refused(401, code);
    await session.resume();
    expect(session.state()).toEqual({ status: 'out', why });
  });

  test('that ended with its account says so, also when its sockets noticed meanwhile', async () => {
    let answer = () => entered('first');
    const { session } = scene({ 'POST /api/auth/refresh': () => answer() });
    await session.resume();
    answer = () => refused(401, 'unauthorized');
    const noticed = session.resume();
    session.end('deleted');
    await noticed;
    expect(session.state()).toEqual({ status: 'out', why: 'deleted' });
  });

  test('whose choice was saved shows it, and only its own', async () => {
    const { session } = scene({
      'POST /api/auth/refresh': () => entered('first'),
      'PATCH /api/users/@me': () => json({ id: '1', preferences: { theme: 'reed' } }),
    });
    await session.resume();
    await session.preferences.choose({ theme: 'reed' });
    expect(session.user()?.preferences).toEqual({ theme: 'reed' });
  });

  test('fetches a file as its user, and says why it got none', async () => {
    let answer = () => new Response('zip');
    const { session, sent } = scene({
      'POST /api/auth/refresh': () => entered('first'),
      'GET /api/users/@me/export': () => answer(),
    });
    await session.resume();
    expect(await (await session.download('/api/users/@me/export')).text()).toBe('zip');
    expect(sent.at(-1)?.token).toBe('Bearer first');
    answer = () => refused(429, 'rate_limited');
    await expect(session.download('/api/users/@me/export')).rejects.toMatchObject({
      code: 'rate_limited',
    });
  });

  test('is unreachable, not out, while the server does not answer', async () => {
    const { session } = scene({
      'POST /api/auth/refresh': () => Promise.reject(new TypeError('Failed to fetch')),
    });
    await session.resume();
    expect(session.state()).toMatchObject({ status: 'unreachable', problem: { code: 'offline' } });
  });

  test('is unreachable, not out, while the server is not ready', async () => {
    const { session } = scene({ 'POST /api/auth/refresh': () => refused(503, 'unavailable') });
    await session.resume();
    expect(session.state()).toMatchObject({
      status: 'unreachable',
      problem: { code: 'unavailable' },
    });
  });

  test('renews its token before it ends, once for many calls', async () => {
    let made = 0;
    const { session, sent, advance } = scene({
      'POST /api/auth/refresh': () => entered(`token-${++made}`),
      'GET /api/users/@me': () => json({}),
    });
    await session.resume();
    advance(14 * MINUTE + 1);
    await Promise.all([session.call('GET /api/users/@me'), session.call('GET /api/users/@me')]);
    expect(made).toBe(2);
    expect(
      sent.filter(({ key }) => key === 'GET /api/users/@me').map(({ token }) => token),
    ).toEqual(['Bearer token-2', 'Bearer token-2']);
  });

  test('shows its user as they are now, and as they were when nobody answers', async () => {
    let answer = () => json({ username: 'Mirela B.' });
    const { session } = scene({
      'POST /api/auth/refresh': () => entered('first'),
      'GET /api/users/@me': () => answer(),
    });
    await session.resume();
    await session.reload();
    expect(session.user()?.username).toBe('Mirela B.');
    answer = () => refused(503, 'unavailable');
    await session.reload();
    expect(session.user()?.username).toBe('Mirela B.');
  });

  test('sends a call again with a new token when the one it had was ended', async () => {
    let made = 0;
    const { session, sent } = scene({
      'POST /api/auth/refresh': () => entered(`token-${++made}`),
      'GET /api/users/@me': (token) =>
        token === 'Bearer token-1' ? refused(401, 'token_expired') : json({}),
    });
    await session.resume();
    await session.call('GET /api/users/@me');
    expect(sent.map(({ token }) => token)).toEqual([
      undefined,
      'Bearer token-1',
      undefined,
      'Bearer token-2',
    ]);
  });

  test('is out as soon as a call tells that it was ended elsewhere', async () => {
    let ended = false;
    const { session } = scene({
      'POST /api/auth/refresh': () => (ended ? refused(401, 'unauthorized') : entered('first')),
      'GET /api/users/@me': () => refused(401, 'unauthorized'),
    });
    await session.resume();
    ended = true;
    await expect(session.call('GET /api/users/@me')).rejects.toBeInstanceOf(ApiProblem);
    expect(session.state().status).toBe('out');
  });

  test('keeps its user when a renewal meets no network', async () => {
    let online = true;
    const { session, advance } = scene({
      'POST /api/auth/refresh': () =>
        online ? entered('first') : Promise.reject(new TypeError('Failed to fetch')),
      'GET /api/users/@me': () => Promise.reject(new TypeError('Failed to fetch')),
    });
    await session.resume();
    online = false;
    advance(20 * MINUTE);
    await expect(session.call('GET /api/users/@me')).rejects.toBeInstanceOf(ApiProblem);
    expect(session.state().status).toBe('in');
  });

  test('ends here when another tab logs out, and tells the others when this one does', async () => {
    const { session, posted, fromAnotherTab } = scene({
      'POST /api/auth/refresh': () => entered('first'),
      'POST /api/auth/logout': () => new Response(null, { status: 204 }),
    });
    await session.resume();
    fromAnotherTab('out');
    expect(session.state().status).toBe('out');
    await session.resume();
    await session.logout();
    expect(session.state().status).toBe('out');
    expect(posted).toEqual(['out']);
  });

  test('stays logged in when the log-out did not reach the server', async () => {
    const { session } = scene({
      'POST /api/auth/refresh': () => entered('first'),
      'POST /api/auth/logout': () => Promise.reject(new TypeError('Failed to fetch')),
    });
    await session.resume();
    await expect(session.logout()).rejects.toBeInstanceOf(ApiProblem);
    expect(session.state().status).toBe('in');
  });
});

type Reply = Response | Promise<Response>;

/** A browser with a server that answers as it is told. */
function scene(server: Record<string, (token: string | undefined) => Reply>) {
  let now = 0;
  const sent: { key: string; token: string | undefined }[] = [];
  const posted: TabChange[] = [];
  let fromAnotherTab = (_change: TabChange): void => {};
  const deps: SessionDeps = {
    async fetch(url, init) {
      const key = `${init.method} ${url}`;
      const token = new Headers(init.headers).get('authorization') ?? undefined;
      sent.push({ key, token });
      const reply = server[key];
      if (reply === undefined) throw new Error(`nobody expects ${key}`);
      return reply(token);
    },
    now: () => now,
    exclusively: (work) => work(),
    tabs: {
      post: (change) => posted.push(change),
      listen: (hear) => (fromAnotherTab = hear),
    },
  };
  return {
    session: createSession(deps),
    sent,
    posted,
    fromAnotherTab: (change: TabChange) => fromAnotherTab(change),
    advance: (by: number) => (now += by),
  };
}

const json = (body: unknown, status = 200): Response => Response.json(body, { status });

const entered = (accessToken: string): Response =>
  json({ user: { id: '1', username: 'Mirela' }, accessToken, expiresIn: 900 });

const refused = (status: number, code: ErrorCode): Response =>
  json({ error: { code, message: code, requestId: 'r' } }, status);
