import type { Context } from 'hono';
import type { Core } from '../announce.ts';
import type { AppEnv } from '../http/app-env.ts';
import { endSession } from './end-session.ts';
import { findSession } from './find-session.ts';
import { clearRefreshCookie, readRefreshCookie } from './refresh-cookie.ts';

/** Ends the cookie's session; without one there is nothing to end, which is no mistake. */
export async function logout(core: Core, c: Context<AppEnv>): Promise<void> {
  const found = await findSession(core, readRefreshCookie(c));
  if (found !== undefined) await endSession(core, found.session);
  clearRefreshCookie(c);
}
