import { z } from 'zod';
import { Snowflake } from '@harmonium/api/ids';
import { PermissionSet } from '@harmonium/api/permissions';
import type { ServiceTokens } from '@harmonium/api/service-token';
import {
  MAX_PLACES,
  type AccessChangedRequest,
  type CallPlace,
  type DisconnectRequest,
  type PermittedPlace,
} from '../contract/node.ts';

/** What other services have the sfu do. */
export interface ForServices {
  /** Closes what a user holds in calls, and voids the tickets for it that were issued until now. */
  disconnect(request: DisconnectRequest): void;
  /** Voids the tickets of those concerned that were issued until now; answers who is in a call. */
  accessChanged(request: AccessChangedRequest): CallPlace[];
  /** Brings calls in line with what people may do. */
  permit(places: readonly PermittedPlace[]): Promise<void>;
}

const Disconnect = z.object({
  userId: Snowflake,
  serverId: Snowflake.optional(),
  channelId: Snowflake.optional(),
  sessionId: Snowflake.optional(),
}) satisfies z.ZodType<DisconnectRequest>;

const AccessChanged = z.object({
  serverId: Snowflake,
  channelId: Snowflake.optional(),
  userIds: z.array(Snowflake).max(MAX_PLACES).optional(),
}) satisfies z.ZodType<AccessChangedRequest>;

const Permissions = z.object({
  places: z
    .array(
      z.object({
        userId: Snowflake,
        channelId: Snowflake,
        permissions: PermissionSet.nullable(),
      }) satisfies z.ZodType<PermittedPlace>,
    )
    .max(MAX_PLACES),
});

type Act = (body: unknown, services: ForServices) => Promise<object> | object;

const ACTS: Record<string, Act> = {
  '/sfu/disconnect'(body, services) {
    services.disconnect(Disconnect.parse(body));
    return {};
  },
  '/sfu/access-changed': (body, services) => services.accessChanged(AccessChanged.parse(body)),
  async '/sfu/permissions'(body, services) {
    await services.permit(Permissions.parse(body).places);
    return {};
  },
};

/** A request of another service of ours; undefined for any other. */
export async function handleServiceRequest(
  request: Request,
  serviceTokens: ServiceTokens,
  services: ForServices,
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
    throw error;
  }
}

function refuse(status: number, code: string, message: string): Response {
  return Response.json({ error: { code, message } }, { status });
}
