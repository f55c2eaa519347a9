import type { Notification } from '@harmonium/sfu/notification';
import type {
  Answers,
  Method,
  RequestData,
  SignalAnswer,
  SignalErrorCode,
} from '@harmonium/sfu/request';

/** An unanswered request means that the way is lost, in milliseconds. */
const ANSWER_WITHIN_MS = 8_000;
/** A socket that is not open by then will not be, in milliseconds. */
const OPEN_WITHIN_MS = 8_000;
const PING_EVERY_MS = 10_000;
/** A sign of life that was asked for takes a round trip, in milliseconds. */
const CHECK_WITHIN_MS = 2_500;

/** The code a close carries when it was this side that gave up; the sfu waits for who does so. */
export const GAVE_UP = 4999;

export class SignalProblem extends Error {
  override readonly name = 'SignalProblem';
  readonly code: SignalErrorCode | 'lost';
  constructor(code: SignalErrorCode | 'lost', message: string) {
    super(message);
    this.code = code;
  }
}

export type Request = <M extends Method>(method: M, data: RequestData<M>) => Promise<Answers[M]>;

/** What is shown to be let in: a ticket, or the token of what one was before. */
export type Entrance =
  | { url: string; ticket: string; waits?: boolean | undefined }
  | { url: string; resume: string };

export type OpenSignalling = (entrance: Entrance, hooks: SignallingHooks) => Signalling;

export interface Signalling {
  request: Request;
  /**
   * Asks for a sign of life now; closes when there is none. On another network whatever was being
   * opened on the one before is given up at once.
   */
  check(isOtherNetwork: boolean): void;
  close(): void;
}

export interface SignallingHooks {
  onNotification: (notification: Notification) => void;
  /** Once, and not after `close`. */
  onClose: (code: number) => void;
}

interface Waiting {
  resolve: (data: Answers[Method]) => void;
  reject: (problem: SignalProblem) => void;
  timer: ReturnType<typeof setTimeout>;
}

/** One signalling socket: requests with answers, and what the sfu tells by itself. */
export function openSignalling(entrance: Entrance, hooks: SignallingHooks): Signalling {
  const socket = new WebSocket(`${entrance.url}?${queryOf(entrance)}`);
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let isOver = false;

  const opening = setTimeout(() => end(GAVE_UP), OPEN_WITHIN_MS);
  const heart = setInterval(() => ping(ANSWER_WITHIN_MS), PING_EVERY_MS);
  socket.addEventListener('open', () => clearTimeout(opening));
  socket.addEventListener('message', (event) => hear(event.data));
  socket.addEventListener('close', (event) => end(event.code));

  function hear(data: unknown): void {
    if (typeof data !== 'string' || isOver) return;
    const frame = JSON.parse(data) as SignalAnswer | Notification; // The sfu types it by the same contract.
    if ('method' in frame) hooks.onNotification(frame);
    else answer(frame);
  }

  function answer(frame: SignalAnswer): void {
    const request = waiting.get(frame.id);
    if (request === undefined) return;
    waiting.delete(frame.id);
    clearTimeout(request.timer);
    if (frame.ok) request.resolve(frame.data);
    else request.reject(new SignalProblem(frame.error.code, frame.error.message));
  }

  const request: Request = (method, data) => ask(method, data, ANSWER_WITHIN_MS);

  function ask<M extends Method>(
    method: M,
    data: RequestData<M>,
    withinMs: number,
  ): Promise<Answers[M]> {
    return new Promise((resolve, reject) => {
      if (isOver || socket.readyState !== WebSocket.OPEN) {
        reject(new SignalProblem('lost', `${method}: the socket is closed`));
        return;
      }
      const id = ++lastId;
      const timer = setTimeout(() => end(GAVE_UP), withinMs);
      // What answers a method is of that method's type by the contract.
      waiting.set(id, { resolve: resolve as Waiting['resolve'], reject, timer });
      socket.send(JSON.stringify({ id, method, data }));
    });
  }

  function ping(withinMs: number): void {
    if (socket.readyState !== WebSocket.OPEN) return;
    ask('ping', {}, withinMs).catch(() => {
      // The request's own time limit has ended the socket.
    });
  }

  function end(code: number): void {
    if (isOver) return;
    stop(code === GAVE_UP ? GAVE_UP : undefined);
    hooks.onClose(code);
  }

  function stop(code?: number): void {
    isOver = true;
    clearTimeout(opening);
    clearInterval(heart);
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer);
      reject(new SignalProblem('lost', 'the socket closed'));
    }
    waiting.clear();
    socket.close(code);
  }

  return {
    request,
    check(isOtherNetwork) {
      if (isOtherNetwork && socket.readyState === WebSocket.CONNECTING) end(GAVE_UP);
      else ping(CHECK_WITHIN_MS);
    },
    close: () => void (isOver || stop()),
  };
}

function queryOf(entrance: Entrance): URLSearchParams {
  if ('resume' in entrance) return new URLSearchParams({ resume: entrance.resume });
  const { ticket, waits } = entrance;
  return new URLSearchParams(waits === true ? { ticket, wait: '' } : { ticket });
}
