import { z } from 'zod';
import { REQUESTS, type Answers, type Method, type SignalAnswer } from '../contract/request.ts';
import type { Log } from './log.ts';
import { isRefusal, Refusal } from './refusal.ts';
import { closeProducer } from './requests/close-producer.ts';
import { connectTransport } from './requests/connect-transport.ts';
import { consume } from './requests/consume.ts';
import { createTransport } from './requests/create-transport.ts';
import { enter } from './requests/enter.ts';
import type { Asker, Handler } from './requests/handler.ts';
import { leave } from './requests/leave.ts';
import { pauseConsumer } from './requests/pause-consumer.ts';
import { pauseProducer } from './requests/pause-producer.ts';
import { ping } from './requests/ping.ts';
import { produce } from './requests/produce.ts';
import { restartIce } from './requests/restart-ice.ts';
import { resumeConsumer } from './requests/resume-consumer.ts';
import { resumeProducer } from './requests/resume-producer.ts';
import { setPreferredLayers } from './requests/set-preferred-layers.ts';
import { setState } from './requests/set-state.ts';

const HANDLERS: { [M in Method]: Handler<M> } = {
  createTransport,
  connectTransport,
  restartIce,
  produce,
  pauseProducer,
  resumeProducer,
  closeProducer,
  consume,
  pauseConsumer,
  resumeConsumer,
  setPreferredLayers,
  setState,
  enter,
  leave,
  ping,
};

/** All that is done for who has not entered the call yet. */
const WHILE_WAITING: ReadonlySet<Method> = new Set([
  'createTransport',
  'connectTransport',
  'enter',
  'leave',
  'ping',
]);

const Frame = z.object({
  id: z.number().int().nonnegative(),
  method: z.string(),
  data: z.unknown().optional(),
});
export type Frame = z.infer<typeof Frame>;

/** Undefined for what is no request at all: there is nobody to answer. */
export function readFrame(text: string): Frame | undefined {
  try {
    return Frame.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Does one request. Never throws. */
export async function dispatch(asker: Asker, frame: Frame, log: Log): Promise<SignalAnswer> {
  const { id, method } = frame;
  try {
    if (!isMethod(method)) throw new Refusal('unknown_method', 'There is no such method.');
    if (asker.call.isWaiting(asker.peer) && !WHILE_WAITING.has(method)) {
      throw new Refusal('invalid', 'This is for those who are in the call.');
    }
    return { id, ok: true, data: await call(asker, method, frame.data ?? {}) };
  } catch (error) {
    if (isRefusal(error)) {
      return { id, ok: false, error: { code: error.code, message: error.message } };
    }
    // Media that ends under a request is no bug: the peer is being closed for it.
    if (!asker.peer.closed) log.error('A request failed.', { peer: asker.peer.id, method, error });
    return { id, ok: false, error: { code: 'internal', message: 'Something went wrong here.' } };
  }
}

function isMethod(method: string): method is Method {
  return Object.hasOwn(HANDLERS, method);
}

async function call<M extends Method>(
  asker: Asker,
  method: M,
  given: unknown,
): Promise<Answers[M]> {
  const data = REQUESTS[method].safeParse(given);
  if (!data.success) throw new Refusal('invalid', z.prettifyError(data.error));
  const handler: Handler<M> = HANDLERS[method];
  // Parsed by this method's own schema, which TypeScript cannot follow through the table.
  return handler(asker, data.data as Parameters<Handler<M>>[1]);
}
