import { createClient } from '@harmonium/api/client';
import type { Client } from '@harmonium/api/client';
import { endpoints } from '@harmonium/api/endpoints';
import type { EndpointKey } from '@harmonium/api/endpoints';
import { createSnowflakes } from '@harmonium/api/ids';
import { createServiceTokens } from '@harmonium/api/service-token';
import { REFRESH_COOKIE } from '@harmonium/api/session';
import type { Session } from '@harmonium/api/session';
import { THEMES } from '@harmonium/api/themes';
import { createTicketKeys } from '@harmonium/api/ticket';
import { createMemoryCache } from '../adapters/cache-memory.ts';
import { createCurrentRequest } from '../adapters/current-request.ts';
import { openMemoryPglite } from '../adapters/db-pglite.ts';
import { createScryptPasswords } from '../adapters/passwords-scrypt.ts';
import { createApp } from '../app.ts';
import type { OpenDatabase } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import type { Facts, Log } from '../log.ts';
import type { Letter } from '../mail.ts';
import { noMeter } from '../meter.ts';
import { createAccessTokens } from '../sessions/access-token.ts';
import { createRefreshTokens } from '../sessions/refresh-token.ts';
import type { Sfus } from '../sfus.ts';
import { createVault } from '../vault.ts';
import { recordRooms } from './recording-rooms.ts';
import type { RecordingRooms } from './recording-rooms.ts';

const SECRET = 'a secret for tests only';
const ORIGIN = 'http://chat.example';

export interface LoggedIn extends Session {
  call: Client;
  /** The refresh cookie's value. */
  cookie: string;
}

export interface TestApp {
  deps: Deps;
  database: OpenDatabase;
  rooms: RecordingRooms;
  /** Mail that was sent. */
  letters: Letter[];
  /** Errors and warnings. */
  logged: { level: 'error' | 'warn'; event: string; facts?: Facts }[];
  clock: { now: number };
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Calls without an account; answers are checked against the table. */
  call: Client;
  register(username: string): Promise<LoggedIn>;
  /** Waits for announcements that are under way. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** The whole app on an embedded database, with rooms that record and a call nowhere. */
export async function openTestApp(change: Partial<Deps> = {}): Promise<TestApp> {
  const database = change.database ?? (await openMemoryPglite());
  const rooms = recordRooms();
  const clock = { now: Date.UTC(2026, 0, 1) };
  const now = () => clock.now;
  const logged: TestApp['logged'] = [];
  const letters: Letter[] = [];
  const background = new Set<Promise<void>>();
  const deps: Deps = {
    database,
    cache: createMemoryCache({ now }),
    files: noFiles,
    images: { canScale: true, square: unused, emoji: unused, share: unused },
    rooms,
    sfus: oneSfu,
    mail: { send: (letter) => Promise.resolve(void letters.push(letter)) },
    passwords: createScryptPasswords({ N: 16, r: 1, p: 1 }),
    vault: createVault(SECRET),
    accessTokens: createAccessTokens(SECRET, now),
    refreshTokens: createRefreshTokens(SECRET),
    tickets: createTicketKeys(SECRET, now),
    serviceTokens: createServiceTokens(SECRET, now),
    ids: createSnowflakes({ node: 1, now }),
    now,
    log: recordLog(logged),
    currentRequest: createCurrentRequest(),
    meter: noMeter,
    client: {
      address: (request) => request.headers.get('x-test-address') ?? '192.0.2.1',
      origin: () => ORIGIN,
    },
    instance: {
      name: 'Test',
      version: '0.0.0',
      registration: 'open',
      defaultTheme: 'harmonium',
      defaultMode: 'dark',
      themes: [...THEMES],
      mail: true,
      limits: { messageLength: 4000, uploadSize: 1 },
    },
    uploadQuota: { user: 0, instance: 0 },
    rateLimitScale: 1000,
    background: (work) => {
      const tracked = work.finally(() => background.delete(tracked));
      background.add(tracked);
    },
    ...change,
  };
  const app = createApp(deps);
  const fetch = async (path: string, init?: RequestInit) => app.request(path, init);
  const call = checkedClient(fetch);

  return {
    deps,
    database,
    rooms,
    letters,
    logged,
    clock,
    fetch,
    call,
    async register(username) {
      const response = await fetch('/api/auth/register', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          username,
          email: `${username}@example.org`,
          password: 'correct horse',
        }),
      });
      if (response.status !== 201) throw new Error(await response.text());
      const session = endpoints['POST /api/auth/register'].answer.parse(await response.json());
      const own = checkedClient(fetch, session.accessToken);
      return { ...session, call: own, cookie: refreshCookieOf(response) };
    },
    async settled() {
      while (background.size > 0) await Promise.all(background);
    },
    close: () => (change.database === undefined ? database.close() : Promise.resolve()),
  };
}

/** A client that refuses answers which are not of the shape the table gives. */
function checkedClient(fetch: TestApp['fetch'], token?: string): Client {
  const call = createClient({ baseUrl: '', fetch, token: () => token });
  const checked = async (key: EndpointKey, parts: never): Promise<unknown> => {
    const answer: unknown = await call(key, parts);
    const endpoint = endpoints[key];
    return 'answer' in endpoint ? endpoint.answer.parse(answer) : answer;
  };
  return checked as Client; // The same call, with one check more.
}

export function refreshCookieOf(response: Response): string {
  const set = response.headers.get('set-cookie') ?? '';
  return new RegExp(`${REFRESH_COOKIE}=([^;]*)`).exec(set)?.[1] ?? '';
}

function recordLog(logged: TestApp['logged']): Log {
  return {
    error: (event, facts) => logged.push({ level: 'error', event, facts }),
    warn: (event, facts) => logged.push({ level: 'warn', event, facts }),
    info: () => {},
    debug: () => {},
  };
}

const oneSfu: Sfus = {
  choose: (_, origin) => Promise.resolve({ url: `${origin.replace(/^http/, 'ws')}/sfu` }),
  disconnect: () => Promise.resolve(),
  accessChanged: () => Promise.resolve([]),
  places: () => Promise.resolve([]),
  move: () => Promise.resolve(false),
  permit: () => Promise.resolve(),
  trouble: () => Promise.resolve(undefined),
};

const unused = () => Promise.reject(new Error('no test here stores files'));
const noFiles: Deps['files'] = {
  put: unused,
  get: unused,
  head: unused,
  delete: unused,
  move: unused,
  signUpload: (key) => Promise.resolve({ url: `/files/${key}`, method: 'PUT', headers: {} }),
  signDownload: unused,
  ping: () => Promise.resolve(),
};
