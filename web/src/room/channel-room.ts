import type { Snowflake } from '@harmonium/api/ids';
import type { User } from '@harmonium/api/user';
import type { ChannelClientEvent } from '@harmonium/rooms/client-event';
import { CLOSE_CODES } from '@harmonium/rooms/close-codes';
import type { ChannelServerEvent } from '@harmonium/rooms/server-event';
import { batch, createSignal } from 'solid-js';
import { createHistory } from './history.ts';
import type { HistoryDeps } from './history.ts';
import { makeNonce } from './nonce.ts';
import type { ChannelOutbox, PendingMessage } from './outbox.ts';
import { createReactions } from './reactions.ts';
import type { Rejection } from './rejection.ts';
import { createSending } from './sending.ts';
import type { RoomSocket, SocketPhase } from './socket.ts';
import { stillTyping, withTypist, withoutTypist } from './typing.ts';
import type { Typist } from './typing.ts';

/** A writer says so at most this often, in milliseconds. */
const TYPING_EVERY_MS = 3_000;
/** How long an edit or a removal may stay unanswered, in milliseconds. */
const ANSWER_WITHIN_MS = 10_000;

/** Ends after which nobody gets in again with the same account. */
const FOR_GOOD = new Set<number | undefined>([
  CLOSE_CODES.access_lost.code,
  CLOSE_CODES.room_removed.code,
]);

export type Outcome = { ok: true } | { ok: false; code: Rejection['code'] | 'offline' };
type ChannelSocket = Pick<RoomSocket<ChannelClientEvent>, 'send' | 'wake' | 'drop' | 'close'>;

export interface ChannelRoomDeps extends HistoryDeps {
  me: () => User;
  connect: (hooks: {
    since: () => number | undefined;
    onEvent: (event: ChannelServerEvent) => void;
    onPhase: (phase: SocketPhase, code?: number) => void;
  }) => ChannelSocket;
  outbox: ChannelOutbox;
  now: () => number;
}

export type ChannelRoom = ReturnType<typeof createChannelRoom>;

/** One channel as this client knows it, kept across reconnects and visits. */
export function createChannelRoom(id: Snowflake, deps: ChannelRoomDeps) {
  const { outbox } = deps;
  const history = createHistory(deps);
  const [nonces, setNonces] = createSignal<ReadonlyMap<string, string>>(new Map());
  const [typists, setTypists] = createSignal<readonly Typist[]>([]);
  const [you, setYou] = createSignal<{ permissions: bigint; slowmode: number }>();
  const [phase, setPhase] = createSignal<SocketPhase>('connecting');
  const [endCode, setEndCode] = createSignal<number>();
  const asked = new Map<string, (outcome: Outcome) => void>();
  let socket: ChannelSocket | undefined;
  let typedAt = 0;
  const [wroteAt, setWroteAt] = createSignal<number>();
  let sweep: ReturnType<typeof setTimeout> | undefined;
  const sending = createSending({
    channelId: id,
    outbox,
    say: (event) => socket?.send(event),
    now: deps.now,
  });

  function hear(event: ChannelServerEvent): void {
    switch (event.type) {
      case 'ready':
        batch(() => {
          history.snapshot(event);
          admit(event.you);
        });
        return;
      case 'resumed':
        batch(() => {
          history.resume(event.to);
          admit(event.you);
        });
        return;
      case 'message.created':
      case 'message.edited':
      case 'message.removed':
        batch(() => {
          history.record(event);
          if (event.type === 'message.created') {
            setTypists((held) => withoutTypist(held, event.message.author.id));
          }
          if (event.nonce !== undefined) confirm(event.nonce, event.message.id);
        });
        return;
      case 'message.updated':
      case 'reaction.changed':
      case 'pin.changed':
        batch(() => {
          history.record(event);
          if (event.nonce !== undefined) asked.get(event.nonce)?.({ ok: true });
        });
        return;
      case 'messages.removed':
        history.record(event);
        return;
      case 'typing':
        if (event.userId !== deps.me().id) hearTyping(event);
        return;
      case 'permissions.changed':
        admit(event);
        return;
      case 'rejected':
        if (event.nonce === undefined) return;
        asked.get(event.nonce)?.({ ok: false, code: event.code });
        sending.refuse(event.nonce, event);
        return;
      case 'ticket':
      case 'pong':
    }
  }

  function admit(given: { permissions: string; slowmode: number }): void {
    setYou({ permissions: BigInt(given.permissions), slowmode: given.slowmode });
  }

  function hearTyping(event: { userId: string; username: string; until: string }): void {
    const now = deps.now();
    setTypists((held) => withTypist(held, { ...event, until: Date.parse(event.until) }, now));
    sweep ??= setTimeout(sweepTypists, 1000);
  }

  function sweepTypists(): void {
    setTypists((held) => stillTyping(held, deps.now()));
    sweep = typists().length > 0 ? setTimeout(sweepTypists, 1000) : undefined;
  }

  function confirm(nonce: string, messageId: string): void {
    asked.get(nonce)?.({ ok: true });
    if (!sending.isUnderWay(nonce)) return;
    setNonces((held) => new Map(held).set(messageId, nonce));
    setWroteAt(deps.now());
    sending.discard(nonce);
  }

  function changePhase(next: SocketPhase, code?: number): void {
    setPhase(next);
    setEndCode(code);
    if (next === 'connected') return sending.release();
    if (next === 'ended' && FOR_GOOD.has(code)) sending.giveUp();
    setTypists([]);
    for (const answer of asked.values()) answer({ ok: false, code: 'offline' });
  }

  function ask(event: (nonce: string) => ChannelClientEvent): Promise<Outcome> {
    const nonce = makeNonce();
    return new Promise((resolve) => {
      const timer = setTimeout(() => answer({ ok: false, code: 'offline' }), ANSWER_WITHIN_MS);
      const answer = (outcome: Outcome): void => {
        clearTimeout(timer);
        asked.delete(nonce);
        resolve(outcome);
      };
      asked.set(nonce, answer);
      if (socket?.send(event(nonce)) !== true) answer({ ok: false, code: 'offline' });
    });
  }

  const reactions = createReactions((messageId, emoji, on) =>
    ask((nonce) => ({
      type: on ? 'reaction.add' : 'reaction.remove',
      nonce,
      id: messageId,
      emoji,
    })),
  );

  return {
    id,
    timeline: history.timeline,
    history,
    /** Emoji on messages, with what the reader has just pressed. */
    reactions,
    /** Own messages that the room has not confirmed, in the order written. */
    pending: outbox.all,
    /** Nonces of messages that were sent from here, by message id. */
    nonces,
    typists,
    /** What the reader may do here; undefined until the room said so. */
    you,
    phase,
    /** The room's own words for why it ended, where it said so. */
    endCode,
    open(): void {
      if (socket !== undefined) return;
      history.open();
      setPhase('connecting');
      socket = deps.connect({
        since: () => history.timeline().seq,
        onEvent: hear,
        onPhase: changePhase,
      });
    },
    /** Leaves the room; what is known stays for the next visit. */
    close(): void {
      socket?.close();
      socket = undefined;
      history.close();
      setTypists([]);
      sending.stop();
    },
    wake: () => socket?.wake(),
    drop: () => socket?.drop(),
    hold: sending.hold,
    /** When the room took the last message from here, milliseconds since the Unix epoch. */
    wroteAt,
    send(content: string, more: Pick<PendingMessage, 'replyTo' | 'quiet' | 'files'> = {}): void {
      if (sending.write(content, more)) typedAt = 0;
    },
    supply: sending.supply,
    leaveOut: sending.leaveOut,
    flush: sending.flush,
    retry: sending.retry,
    discard: sending.discard,
    edit: (messageId: Snowflake, content: string): Promise<Outcome> =>
      ask((nonce) => ({ type: 'message.edit', nonce, id: messageId, content: content.trim() })),
    remove: (messageId: Snowflake): Promise<Outcome> =>
      ask((nonce) => ({ type: 'message.remove', nonce, id: messageId })),
    /** Tells the others that the reader writes; call it at each keystroke. */
    typed(): void {
      if (deps.now() - typedAt < TYPING_EVERY_MS) return;
      if (socket?.send({ type: 'typing.start' }) === true) typedAt = deps.now();
    },
    pin: (messageId: Snowflake, on: boolean): Promise<Outcome> =>
      ask((nonce) => ({ type: on ? 'pin.add' : 'pin.remove', nonce, id: messageId })),
  };
}
