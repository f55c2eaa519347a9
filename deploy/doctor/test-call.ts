import type { TicketKeys } from '@harmonium/api/ticket';
import { createSnowflakes } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { TransportOptions } from '@harmonium/sfu/request';
import { WebSocket } from 'ws';
import { z } from 'zod';

const ANSWER_WITHIN_MS = 3_000;
/** What is said to a socket whose ticket is not good, in its close frame. */
const BAD_TICKET = 'bad_ticket';

/** Where sockets of voice are opened. */
export interface VoiceDoor {
  /** http(s), without a slash at the end. */
  url: string;
  /** The only node that takes the ticket; undefined: there is but one. */
  node?: string;
}

const Offer = TransportOptions.extend({
  iceParameters: z.object({ usernameFragment: z.string(), password: z.string() }),
  iceCandidates: z.array(
    z.object({ protocol: z.enum(['udp', 'tcp']), address: z.string(), port: z.number() }),
  ),
});
export type Offer = z.infer<typeof Offer>;

const Frame = z.union([
  z.object({ method: z.string() }),
  z.object({ ok: z.literal(true), data: Offer }),
  z.object({ ok: z.literal(false), error: z.object({ message: z.string() }) }),
]);

/** Why there is no test call; `isTicket`: what signs here and what checks there are not the same. */
export class TestCallProblem extends Error {
  override readonly name = 'TestCallProblem';
  readonly isTicket: boolean;
  constructor(message: string, isTicket = false) {
    super(message);
    this.isTicket = isTicket;
  }
}

/** The call of somebody with themselves, which nobody is told of, and where its media would go. */
export interface TestCall {
  offer: Offer;
  close(): void;
}

/** Ids of nobody: calls with oneself are by the user's id. */
const nobodies = createSnowflakes({ node: 1023, now: Date.now });

/** Throws a `TestCallProblem`. */
export async function openTestCall(door: VoiceDoor, tickets: TicketKeys): Promise<TestCall> {
  const id = nobodies.next();
  const { ticket } = await tickets.issue(
    {
      kind: 'voice',
      test: true,
      channelId: id,
      serverId: null,
      permissions: String(Permission.VIEW_CHANNEL | Permission.CONNECT | Permission.SPEAK),
      user: { id, username: 'doctor', avatar: null },
      sessionId: id,
      ...(door.node === undefined ? {} : { node: door.node }),
    },
    60,
  );
  const url = `${door.url.replace(/^http/, 'ws')}/sfu?ticket=${ticket}`;
  const socket = new WebSocket(url, { handshakeTimeout: ANSWER_WITHIN_MS });
  // A normal close leaves the call at once.
  const close = () => socket.close(1000);
  try {
    return { offer: await offerBy(socket), close };
  } catch (error) {
    close();
    throw error;
  }
}

async function offerBy(socket: WebSocket): Promise<Offer> {
  const { promise, resolve, reject } = Promise.withResolvers<Offer>();
  const timer = setTimeout(() => reject(new TestCallProblem('no answer')), ANSWER_WITHIN_MS);
  socket.on('error', (error) => reject(new TestCallProblem(error.message)));
  socket.on('close', (_, reason) => {
    const words = reason.toString();
    reject(new TestCallProblem(words || 'the socket was closed', words === BAD_TICKET));
  });
  socket.on('message', (data) => {
    const frame = read(Buffer.isBuffer(data) ? data.toString('utf8') : '');
    if (frame === undefined) return;
    if (!('ok' in frame)) {
      if (frame.method !== 'welcome') return;
      const request = { id: 1, method: 'createTransport', data: { direction: 'send' } };
      socket.send(JSON.stringify(request));
    } else if (frame.ok) resolve(frame.data);
    else reject(new TestCallProblem(frame.error.message));
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

/** Undefined: nothing that is waited for. */
function read(text: string): z.infer<typeof Frame> | undefined {
  try {
    return Frame.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
