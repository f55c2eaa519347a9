import { eq } from 'drizzle-orm';
import { sessions } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import type { ReadToken } from './refresh-token.ts';

export interface FoundSession {
  token: ReadToken;
  session: typeof sessions.$inferSelect;
}

/** The session a refresh token of ours belongs to, whether or not it is still good. */
export async function findSession(
  deps: Deps,
  text: string | undefined,
): Promise<FoundSession | undefined> {
  const token = deps.refreshTokens.read(text ?? '');
  if (token === undefined) return undefined;
  const [session] = await deps.database.db
    .select()
    .from(sessions)
    .where(eq(sessions.id, token.sessionId));
  if (session === undefined) return undefined;
  return (await deps.refreshTokens.matches(token, session)) ? { token, session } : undefined;
}
