import { readRequestId, REQUEST_ID_HEADER } from '@harmonium/api/request-id';
import type { Deps } from '../deps.ts';
import { bearerOf } from './authenticate.ts';

/**
 * The id of a request: the one under which a service of ours asks, or else one of its own. Nobody else
 * is believed, who could have others' requests found under theirs.
 */
export async function requestIdOf(
  { serviceTokens }: Pick<Deps, 'serviceTokens'>,
  headers: Headers,
): Promise<string> {
  const given = readRequestId(headers.get(REQUEST_ID_HEADER));
  const token = given === undefined ? undefined : bearerOf(headers.get('authorization'));
  const asker = token === undefined ? undefined : await serviceTokens.verify(token, 'api');
  return asker === undefined || given === undefined ? crypto.randomUUID() : given;
}
