import { z } from 'zod';
import { Snowflake } from '@harmonium/api/ids';
import type { ServiceTokens } from '@harmonium/api/service-token';
import type { DisconnectRequest } from '../contract/node.ts';

const Body = z.object({
  userId: Snowflake,
  serverId: Snowflake.optional(),
  channelId: Snowflake.optional(),
  sessionId: Snowflake.optional(),
}) satisfies z.ZodType<DisconnectRequest>;

/** `POST /sfu/disconnect` by another service of ours. */
export async function handleDisconnect(
  request: Request,
  serviceTokens: ServiceTokens,
  disconnect: (request: DisconnectRequest) => void,
): Promise<Response> {
  const token = request.headers.get('authorization')?.match(/^Bearer (.+)$/i)?.[1] ?? '';
  const caller = await serviceTokens.verify(token, 'sfu');
  if (!caller) return refuse(401, 'unauthorized', 'This needs a service token.');
  const body = Body.safeParse(await request.json().catch(() => undefined));
  if (!body.success) return refuse(400, 'invalid_body', z.prettifyError(body.error));
  disconnect(body.data);
  return Response.json({});
}

function refuse(status: number, code: string, message: string): Response {
  return Response.json({ error: { code, message } }, { status });
}
