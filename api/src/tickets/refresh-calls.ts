import { Snowflake } from '@harmonium/api/ids';
import { MAX_PLACES } from '@harmonium/sfu/node';
import type { AccessChangedRequest, CallPlace, PermittedPlace } from '@harmonium/sfu/node';
import { channelStandings } from '../access.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { serverVoice } from '../voice/server-voice.ts';

const RETRY_DELAYS_MS = [500, 2_000, 10_000] as const;

type Needs = Pick<Deps, 'sfus' | 'database' | 'now' | 'log' | 'background'>;

/** Brings calls in line with what people may do now, after the answer; a failure is logged. */
export function refreshCalls(deps: Needs, request: AccessChangedRequest): void {
  deps.background(refreshWithRetries(deps, request));
}

async function refreshWithRetries(deps: Needs, request: AccessChangedRequest): Promise<void> {
  for (const delay of [...RETRY_DELAYS_MS, undefined]) {
    try {
      return await refresh(deps, request);
    } catch (error) {
      if (delay === undefined) deps.log.error('calls keep what held before', { ...request, error });
      else await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
}

async function refresh(deps: Needs, request: AccessChangedRequest): Promise<void> {
  const places = await deps.sfus.accessChanged(request);
  for (const [channelId, there] of Map.groupBy(places, (place) => place.channelId)) {
    for (let at = 0; at < there.length; at += MAX_PLACES) {
      const part = there.slice(at, at + MAX_PLACES);
      await deps.sfus.permit(await permitted(deps, request.serverId, channelId, part));
    }
  }
}

async function permitted(
  deps: Needs,
  serverId: string,
  channelId: string,
  places: readonly CallPlace[],
): Promise<PermittedPlace[]> {
  const userIds = places.map(({ userId }) => Snowflake.parse(userId));
  try {
    const standings = await channelStandings(deps, Snowflake.parse(channelId), userIds);
    const made = await serverVoice(deps.database.db, Snowflake.parse(serverId), userIds);
    return standings.map(({ userId, permissions }) => {
      const { serverMuted, serverDeafened } = made.get(userId) ?? {};
      return { userId, channelId, permissions, serverMuted, serverDeafened };
    });
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.code !== 'not_found') throw problem;
    return userIds.map((userId) => ({ userId, channelId, permissions: null }));
  }
}
