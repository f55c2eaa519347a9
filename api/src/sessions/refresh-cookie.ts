import { REFRESH_COOKIE, REFRESH_TOKEN_TTL_S } from '@harmonium/api/session';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Deps } from '../deps.ts';
import { originOf } from '../http/client.ts';
import type { AppEnv } from '../http/app-env.ts';

const PATH = '/api/auth';

export function setRefreshCookie(deps: Deps, c: Context<AppEnv>, token: string): void {
  setCookie(c, REFRESH_COOKIE, token, {
    path: PATH,
    httpOnly: true,
    sameSite: 'Strict',
    // A browser drops a Secure cookie that came by plain http, as at http://192.168.1.2:3000.
    secure: originOf(deps, c).startsWith('https:'),
    maxAge: REFRESH_TOKEN_TTL_S,
  });
}

export function clearRefreshCookie(c: Context<AppEnv>): void {
  deleteCookie(c, REFRESH_COOKIE, { path: PATH });
}

export function readRefreshCookie(c: Context<AppEnv>): string | undefined {
  return getCookie(c, REFRESH_COOKIE);
}
