import { VOICE_CLOSE_CODES } from '@harmonium/sfu/close-codes';
import type { Notification, Notifications } from '@harmonium/sfu/notification';
import type { Answers, Method, RequestData } from '@harmonium/sfu/request';
import { RESUME_WITHIN_MS } from '@harmonium/sfu/resume';
import type { Backoff } from '../room/backoff.ts';
import { SignalProblem } from './signalling.ts';
import type { Entrance, OpenSignalling, Request, Signalling } from './signalling.ts';

export interface LinkDeps {
  signal: OpenSignalling;
  backoff: Backoff;
  /** The call is elsewhere by now: whoever comes back to where it was finds nobody. */
  hasMoved: () => Promise<boolean>;
}

export interface LinkHooks {
  onNotification: (notification: Notification) => void;
  /** The socket is lost and media goes on; `resumed` tells when it is back. */
  onAway: () => void;
  /** Once, and not after `close` or `leave`. */
  onClose: (code: number) => void;
}

export interface Link extends Signalling {
  /** Gone at once, also for those who take one's lost socket for a passing thing. */
  leave(): void;
}

interface Pending {
  method: Method;
  data: RequestData<Method>;
  resolve: (answer: Answers[Method]) => void;
  reject: (problem: unknown) => void;
  /** The sfu may have done it already. */
  wasAsked: boolean;
}

/** Attempts that fail while the network is there: what stands there may be gone for good. */
const ASKS_WHERE_AFTER = 2;

/**
 * The way to the sfu, which outlives its sockets: one that is lost is brought back, and whoever
 * asked for something meanwhile waits and learns what became of it.
 */
export function openLink(
  address: Extract<Entrance, { ticket: string }>,
  deps: LinkDeps,
  hooks: LinkHooks,
): Link {
  const pending = new Set<Pending>();
  let token: string | undefined;
  let isAway = false;
  let isLeaving = false;
  let isOver = false;
  let attempts = 0;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  let socket = open(address);

  function open(entrance: Entrance): Signalling {
    const mine: Signalling = deps.signal(entrance, {
      onNotification: (notification) => mine === socket && !isOver && hear(notification),
      onClose: (code) => mine === socket && !isOver && lose(code),
    });
    return mine;
  }

  function hear(notification: Notification): void {
    if ('resumeToken' in notification.data) token = notification.data.resumeToken;
    if (notification.method !== 'resumed') return hooks.onNotification(notification);
    if (isLeaving) return close();
    isAway = false;
    attempts = 0;
    clearTimeout(deadline);
    deps.backoff.reset();
    const before = [...pending];
    hooks.onNotification(notification);
    for (const asked of before) settle(asked, notification.data);
  }

  function lose(code: number): void {
    if (token === undefined || !isLoss(code)) return end(code);
    if (!isAway) {
      isAway = true;
      deadline = setTimeout(() => end(code), RESUME_WITHIN_MS);
      if (!isLeaving) hooks.onAway();
    }
    if (++attempts > ASKS_WHERE_AFTER) void lookWhere(code);
    void comeBackLater();
  }

  async function comeBackLater(): Promise<void> {
    const lost = socket;
    await deps.backoff.wait();
    if (lost === socket && !isOver) comeBack();
  }

  function comeBack(): void {
    if (token !== undefined) socket = open({ url: address.url, resume: token });
  }

  async function lookWhere(code: number): Promise<void> {
    if ((await deps.hasMoved()) && isAway && !isOver) end(code);
  }

  function settle(asked: Pending, resumed: Notifications['resumed']): void {
    const producerId = asked.wasAsked ? producedBy(asked, resumed) : undefined;
    if (producerId === undefined) return void ask(asked);
    pending.delete(asked);
    asked.resolve({ producerId });
  }

  async function ask(asked: Pending): Promise<void> {
    const wasAskedBefore = asked.wasAsked;
    try {
      const answer = await socket.request(asked.method, asked.data);
      pending.delete(asked);
      asked.resolve(answer);
    } catch (problem) {
      asked.wasAsked = true;
      // Asked again when the socket is back.
      if (isLost(problem) && !isOver) return;
      pending.delete(asked);
      if (wasAskedBefore && isDone(asked.method, problem)) asked.resolve({});
      else asked.reject(problem);
    }
  }

  const request: Request = (method, data) =>
    new Promise((resolve, reject) => {
      if (isOver) return reject(new SignalProblem('lost', `${method}: the call is over`));
      // What answers a method is of that method's type by the contract.
      const settled = resolve as Pending['resolve'];
      const asked: Pending = { method, data, resolve: settled, reject, wasAsked: false };
      pending.add(asked);
      if (!isAway) void ask(asked);
    });

  function check(isOtherNetwork: boolean): void {
    if (!isAway) return socket.check(isOtherNetwork);
    if (!isOtherNetwork) return;
    socket.close();
    comeBack();
  }

  function leave(): void {
    if (isAway) {
      // The others would see one for a while yet: back, to say so.
      isLeaving = true;
      return abandon();
    }
    socket.request('leave', {}).catch(() => {
      // Gone already, which is what was asked for.
    });
    close();
  }

  function end(code: number): void {
    close();
    if (!isLeaving) hooks.onClose(code);
  }

  function close(): void {
    if (isOver) return;
    isOver = true;
    clearTimeout(deadline);
    socket.close();
    abandon();
  }

  function abandon(): void {
    for (const { method, reject } of pending) {
      reject(new SignalProblem('lost', `${method}: the call is over`));
    }
    pending.clear();
  }

  return { request, check, leave, close };
}

/** Whatever the sfu did not mean by a code of its own. */
function isLoss(code: number): boolean {
  if (code === VOICE_CLOSE_CODES.timed_out.code) return true;
  return !Object.values(VOICE_CLOSE_CODES).some((meant) => meant.code === code);
}

const isLost = (problem: unknown): boolean =>
  problem instanceof SignalProblem && problem.code === 'lost';

/** One has one producer of each source: there it is, or it has to be asked for again. */
function producedBy({ method, data }: Pending, resumed: Notifications['resumed']) {
  if (method !== 'produce' || !('source' in data)) return undefined;
  return resumed.producers.find(({ source }) => source === data.source)?.id;
}

/** Refused the second time, since the first time did it. */
function isDone(method: Method, problem: unknown): boolean {
  if (!(problem instanceof SignalProblem)) return false;
  if (method === 'connectTransport') return problem.code === 'invalid';
  return method === 'closeProducer' && problem.code === 'not_found';
}
