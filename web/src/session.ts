import { ApiProblem, createClient } from '@harmonium/api/client';
import type { Client, ClientOptions } from '@harmonium/api/client';
import type { ErrorBody } from '@harmonium/api/errors';
import type { Login, Register, Session as SessionAnswer } from '@harmonium/api/session';
import type { Me } from '@harmonium/api/user';
import { createSignal } from 'solid-js';
import { createApi } from './api.ts';
import { createPreferences } from './preferences.ts';

export type SessionState =
  | { status: 'starting' }
  /** The server could not say who we are: no network, or it is down. Not the same as logged out. */
  | { status: 'unreachable'; problem: ApiProblem }
  | { status: 'out'; why?: SessionEnd }
  | { status: 'in'; user: Me };
/**
 * Why somebody is out who did not log out here: ended from elsewhere (another device, a changed
 * password), ended as its cookie was used twice, or the account is gone.
 */
export type SessionEnd = 'elsewhere' | 'safety' | 'deleted';

export interface SessionStore {
  state(): SessionState;
  user(): Me | undefined;
  /** Calls REST as this user. */
  call: Client;
  /** Fetches a file as this user; fails as `call` does. */
  download(path: `/api/${string}`): Promise<Response>;
  /** What the user chose, kept with the account. */
  preferences: ReturnType<typeof createPreferences>;
  /** The user as an answer just told. */
  learn(user: Me): void;
  /** Takes up the session of the refresh cookie, where there is one. */
  resume(): Promise<void>;
  /** Asks anew who we are; without an answer we stay who we were. */
  reload(): Promise<void>;
  login(body: Login): Promise<void>;
  register(body: Register): Promise<void>;
  logout(): Promise<void>;
  /** The session ended with what was just done, as when the account was deleted. */
  end(why: SessionEnd): void;
}

export interface SessionDeps {
  fetch: ClientOptions['fetch'];
  now: () => number;
  /** One at a time over all tabs: two refreshes with the same cookie would look like a theft. */
  exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  /** Tells the other tabs, and hears from them, that the user logged in or out. */
  tabs: { post(change: TabChange): void; listen(hear: (change: TabChange) => void): void };
}
export type TabChange = 'in' | 'out';

/** A token is renewed this long before it ends, in milliseconds. */
const RENEW_BEFORE_MS = 60_000;

export function createSession(deps: SessionDeps): SessionStore {
  const [state, setState] = createSignal<SessionState>({ status: 'starting' });
  let access: { token: string; endsAt: number } | undefined;
  let renewing: Promise<boolean> | undefined;

  const open = createClient({ baseUrl: '', fetch: deps.fetch });
  const call = createApi({ fetch: deps.fetch, token, renew });

  async function token(): Promise<string | undefined> {
    if (access !== undefined && access.endsAt - deps.now() < RENEW_BEFORE_MS) await renew();
    return access?.token;
  }

  function renew(): Promise<boolean> {
    renewing ??= deps.exclusively(refresh).finally(() => (renewing = undefined));
    return renewing;
  }

  async function refresh(): Promise<boolean> {
    try {
      enter(await open('POST /api/auth/refresh'));
      return true;
    } catch (problem) {
      if (!(problem instanceof ApiProblem)) throw problem;
      // Whoever is out already knows why better than a refresh that was under way.
      if (problem.status === 401) {
        if (state().status !== 'out') leave(endOf(problem));
      } else if (state().status !== 'in') setState({ status: 'unreachable', problem });
      return false;
    }
  }

  function enter(session: SessionAnswer): void {
    access = {
      token: session.accessToken,
      endsAt: deps.now() + session.expiresIn * 1000,
    };
    setState({ status: 'in', user: session.user });
  }

  function leave(why?: SessionEnd): void {
    access = undefined;
    setState(why === undefined ? { status: 'out' } : { status: 'out', why });
  }

  /** Whoever was not in when the page opened is not told that something ended. */
  function endOf(problem: ApiProblem): SessionEnd | undefined {
    if (problem.code === 'refresh_reused') return 'safety';
    return state().status === 'in' ? 'elsewhere' : undefined;
  }

  async function download(path: string): Promise<Response> {
    const authorization = `Bearer ${(await token()) ?? ''}`;
    let answer: Response;
    try {
      answer = await deps.fetch(path, { method: 'GET', headers: { authorization } });
    } catch (cause) {
      throw new ApiProblem(0, undefined, cause);
    }
    if (answer.ok) return answer;
    const body: ErrorBody | undefined = await answer.json().catch(() => undefined);
    throw new ApiProblem(answer.status, body);
  }

  function learn(next: Me): void {
    if (state().status === 'in') setState({ status: 'in', user: next });
  }

  function user(): Me | undefined {
    const now = state();
    return now.status === 'in' ? now.user : undefined;
  }

  deps.tabs.listen((change) => {
    if (change === 'out') leave();
    else if (state().status !== 'in') void renew();
  });

  return {
    state,
    user,
    call,
    download,
    preferences: createPreferences({
      stored: () => user()?.preferences,
      save: async (preferences) =>
        learn(await call('PATCH /api/users/@me', { body: { preferences } })),
    }),
    learn,
    async resume() {
      await renew();
    },
    async reload() {
      try {
        learn(await call('GET /api/users/@me'));
      } catch (problem) {
        if (!(problem instanceof ApiProblem)) throw problem;
      }
    },
    async login(body) {
      enter(await open('POST /api/auth/login', { body }));
      deps.tabs.post('in');
    },
    async register(body) {
      enter(await open('POST /api/auth/register', { body }));
      deps.tabs.post('in');
    },
    async logout() {
      await open('POST /api/auth/logout');
      leave();
      deps.tabs.post('out');
    },
    end(why) {
      leave(why);
      deps.tabs.post('out');
    },
  };
}
