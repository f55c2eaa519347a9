import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { readRequestId, REQUEST_ID_HEADER } from '@harmonium/api/request-id';
import type { ServiceTokens } from '@harmonium/api/service-token';
import { z } from 'zod';
import {
  MAX_PUBLISH_EVENTS,
  type PublishEvents,
  type RoomPublisher,
} from '../../contract/publish.ts';
import type { Log } from '../host.ts';
import { parseRoomUrl } from './room-url.ts';

/** A hundred events, each with a server's whole structure, are more than anyone sends. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

const Body = z.object({ events: z.array(z.unknown()).min(1).max(MAX_PUBLISH_EVENTS) });

/** Answers `POST /parties/<party>/<room>` of another service. */
export async function answerPublish(
  request: IncomingMessage,
  response: ServerResponse,
  { tokens, publisher, log }: { tokens: ServiceTokens; publisher: RoomPublisher; log: Log },
): Promise<void> {
  const refuse = (status: number) => {
    response.writeHead(status, { connection: 'close' }).end();
  };
  const url = parseRoomUrl(request.url);
  if (url === undefined) return refuse(404);
  if (request.method !== 'POST') return refuse(405);
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  if ((await tokens.verify(token, 'rooms')) === undefined) return refuse(401);
  // Ours always say how long a body is.
  if (!(Number(request.headers['content-length']) <= MAX_BODY_BYTES)) return refuse(413);

  try {
    const body = Body.safeParse(parseJson(await text(request)));
    if (!body.success) return refuse(400);
    // Each event is checked by its room.
    const events = body.data.events as PublishEvents[typeof url.party][];
    const answers = await publisher.publish(url.party, url.roomId, events);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ answers }));
  } catch (error) {
    const requestId = readRequestId(request.headers[REQUEST_ID_HEADER]?.toString());
    const place = { party: url.party, room: url.roomId };
    log.error({ requestId, ...place, error }, 'a publish failed');
    refuse(503);
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
