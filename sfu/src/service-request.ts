import { z } from 'zod';
import { Snowflake } from '@harmonium/api/ids';
import { PermissionSet } from '@harmonium/api/permissions';
import { readRequestId, REQUEST_ID_HEADER } from '@harmonium/api/request-id';
import type { ServiceTokens } from '@harmonium/api/service-token';
import {
  MAX_PLACES,
  type AccessChangedRequest,
  type CallPlace,
  type DisconnectRequest,
  type MoveRequest,
  type PlacesRequest,
  type PermittedPlace,
} from '../contract/node.ts';
import type { Log } from './log.ts';

/** What other services have the sfu do. */
export interface ForServices {
  /** Closes what a user holds in calls, and voids the tickets for it that were issued until now. */
  disconnect(request: DisconnectRequest): void;
  /** Voids the tickets of those concerned that were issued until now; answers who is in a call. */
  accessChanged(request: AccessChangedRequest): CallPlace[];
  /** Who of these users is in a call of the server, and where. */
  places(request: PlacesRequest): CallPlace[];
  /** Sends a user on to another channel; false when they are not in the call. */
  move(request: MoveRequest): boolean;
  /** Brings calls in line with what people may do. */
  permit(places: readonly PermittedPlace[]): Promise<void>;
}

const Disconnect = z.object({
  userId: Snowflake,
  serverId: Snowflake.optional(),
  channelId: Snowflake.optional(),
  sessionId: Snowflake.optional(),
  end: z.enum(['access_lost', 'disconnected']).optional(),
}) satisfies z.ZodType<DisconnectRequest>;

const AccessChanged = z.object({
  serverId: Snowflake,
  channelId: Snowflake.optional(),
  userIds: z.array(Snowflake).max(MAX_PLACES).optional(),
}) satisfies z.ZodType<AccessChangedRequest>;

const Places = z.object({
  serverId: Snowflake,
  userIds: z.array(Snowflake).max(MAX_PLACES),
}) satisfies z.ZodType<PlacesRequest>;

const Move = z.object({
  userId: Snowflake,
  channelId: Snowflake,
  to: Snowflake,
}) satisfies z.ZodType<MoveRequest>;

const Permissions = z.object({
  places: z
    .array(
      z.object({
        userId: Snowflake,
        channelId: Snowflake,
        permissions: PermissionSet.nullable(),
        serverMuted: z.boolean().optional(),
        serverDeafened: z.boolean().optional(),
      }) satisfies z.ZodType<PermittedPlace>,
    )
    .max(MAX_PLACES),
});

interface ServiceRequestDeps {
  services: ForServices;
  serviceTokens: ServiceTokens;
  log: Log;
}

type Act = (body: unknown, services: ForServices) => Promise<object> | object;

const ACTS: Record<string, Act> = {
  '/sfu/disconnect'(body, services) {
    services.disconnect(Disconnect.parse(body));
    return {};
  },
  '/sfu/access-changed': (body, services) => services.accessChanged(AccessChanged.parse(body)),
  '/sfu/places': (body, services) => services.places(Places.parse(body)),
  '/sfu/move': (body, services) => ({ moved: services.move(Move.parse(body)) }),
  async '/sfu/permissions'(body, services) {
    await services.permit(Permissions.parse(body).places);
    return {};
  },
};

/** A request of another service of ours; undefined for any other. Never throws. */
export async function handleServiceRequest(
  request: Request,
  { services, serviceTokens, log }: ServiceRequestDeps,
): Promise<Response | undefined> {
  const { pathname } = new URL(request.url);
  const act = Object.hasOwn(ACTS, pathname) ? ACTS[pathname] : undefined;
  if (act === undefined || request.method !== 'POST') return undefined;
  const token = request.headers.get('authorization')?.match(/^Bearer (.+)$/i)?.[1] ?? '';
  const caller = await serviceTokens.verify(token, 'sfu');
  if (!caller) return refuse(401, 'unauthorized', 'This needs a service token.');
  const body: unknown = await request.json().catch(() => undefined);
  try {
    return Response.json(await act(body, services));
  } catch (error) {
    if (error instanceof z.ZodError) return refuse(400, 'invalid_body', z.prettifyError(error));
    const requestId = readRequestId(request.headers.get(REQUEST_ID_HEADER));
    log.error('A request of another service failed.', { requestId, path: pathname, error });
    return refuse(500, 'internal', 'Something went wrong here.');
  }
}

function refuse(status: number, code: string, message: string): Response {
  return Response.json({ error: { code, message } }, { status });
}
