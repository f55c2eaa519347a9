import type { DisconnectRequest } from '@harmonium/sfu/node';
import type { Deps } from '../deps.ts';

/** Closes what a user holds in calls, after the answer; a failure is logged. */
export function endCalls(deps: Deps, request: DisconnectRequest): void {
  deps.background(
    deps.sfus.disconnect(request).catch((problem: unknown) => {
      deps.log.warn('calls of a user were not closed', { ...request, error: problem });
    }),
  );
}
