import { MAX_MESSAGE_LENGTH } from '@harmonium/api/message-length';
import type { Snowflake } from '@harmonium/api/ids';
import type { User } from '@harmonium/api/user';
import type { ChannelClientEvent } from '@harmonium/rooms/client-event';
import { CLOSE_CODES } from '@harmonium/rooms/close-codes';
import type { ChannelServerEvent } from '@harmonium/rooms/server-event';
import { batch, createSignal } from 'solid-js';
import { createHistory } from './history.ts';
import type { HistoryDeps } from './history.ts';
import { makeNonce } from './nonce.ts';
import { isSendable, isWhole } from './outbox.ts';
import type { ChannelOutbox, OutgoingFile, PendingMessage } from './outbox.ts';
import { createReactions } from './reactions.ts';
import { rejectionOf } from './rejection.ts';
import type { Rejection } from './rejection.ts';
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
  let writtenAt = 0;
  /** While the room lets nothing through: why, and until when. */
  const [hold, setHold] = createSignal<Required<Rejection>>();
  const [wroteAt, setWroteAt] = createSignal<number>();
  let holding: ReturnType<typeof setTimeout> | undefined;
  let sweep: ReturnType<typeof setTimeout> | undefined;

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
        if (event.nonce !== undefined) refuse(event.nonce, event);
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
    if (outbox.all().some((message) => message.nonce === nonce)) {
      setNonces((held) => new Map(held).set(messageId, nonce));
      setWroteAt(deps.now());
    }
    forget(nonce);
  }

  function refuse(nonce: string, event: Extract<ChannelServerEvent, { type: 'rejected' }>): void {
    asked.get(nonce)?.({ ok: false, code: event.code });
    const message = outbox.all().find((other) => other.nonce === nonce);
    if (message === undefined) return;
    const refused = rejectionOf(event, deps.now());
    outbox.put({ ...message, refused });
    const { code, retryAt } = refused;
    if (retryAt !== undefined) holdUntil({ code, retryAt });
  }

  /** What is written after a message that has to wait waits behind it: order is kept. */
  function holdUntil(next: Required<Rejection>): void {
    const until = Math.max(hold()?.retryAt ?? 0, next.retryAt);
    setHold({ ...next, retryAt: until });
    clearTimeout(holding);
    holding = setTimeout(release, Math.max(0, until - deps.now()));
  }

  function release(): void {
    clearTimeout(holding);
    batch(() => {
      setHold(undefined);
      for (const { refused, ...message } of outbox.all()) {
        if (refused?.retryAt !== undefined) outbox.put(message);
      }
    });
    flush();
  }

  function flush(): void {
    if (hold() !== undefined) return;
    for (const message of outbox.all()) {
      if (message.refused === undefined) transmit(message);
    }
  }

  function forget(nonce: string): void {
    if (outbox.all().some((message) => message.nonce === nonce)) outbox.remove(nonce);
  }

  function transmit(message: PendingMessage): void {
    if (!isWhole(message)) return;
    const { nonce, content, replyTo, quiet, files } = message;
    const attachments = files?.flatMap(({ ticket = [] }) => ticket);
    socket?.send({ type: 'message.send', nonce, content, replyTo, quiet, attachments });
  }

  function retry(nonce: string): void {
    const message = outbox.all().find((other) => other.nonce === nonce);
    if (message === undefined) return;
    const again = { ...message, refused: undefined };
    outbox.put(again);
    if (hold() === undefined) transmit(again);
  }

  function changeFiles(key: string, change: (file: OutgoingFile) => OutgoingFile[]): void {
    const message = outbox.all().find(({ files }) => files?.some((file) => file.key === key));
    if (message === undefined) return;
    const files = (message.files ?? []).flatMap((file) => (file.key === key ? change(file) : file));
    if (files.length === 0 && message.content === '') return outbox.remove(message.nonce);
    const next = { ...message, files };
    outbox.put(next);
    if (hold() === undefined && next.refused === undefined) transmit(next);
  }

  /** Nobody gets in any more: what waits is not sent, and its writer is to know. */
  function giveUp(): void {
    for (const message of outbox.all()) {
      if (isSendable(message) || !isWhole(message))
        outbox.put({ ...message, refused: { code: 'missing_permission' } });
    }
  }

  function changePhase(next: SocketPhase, code?: number): void {
    setPhase(next);
    setEndCode(code);
    // In the order written; the room knows by the nonce what it has already.
    if (next === 'connected') return release();
    if (next === 'ended' && FOR_GOOD.has(code)) giveUp();
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
      clearTimeout(holding);
      setHold(undefined);
    },
    wake: () => socket?.wake(),
    drop: () => socket?.drop(),
    /** Why nothing goes out at the moment, and until when. */
    hold,
    /** When the room took the last message from here, milliseconds since the Unix epoch. */
    wroteAt,
    send(content: string, more: Pick<PendingMessage, 'replyTo' | 'quiet' | 'files'> = {}): void {
      const trimmed = content.trim();
      if (trimmed.length > MAX_MESSAGE_LENGTH) return;
      if (trimmed === '' && (more.files ?? []).length === 0) return;
      // Of two messages of the same millisecond the order is known, too.
      writtenAt = Math.max(deps.now(), writtenAt + 1);
      const message = { nonce: makeNonce(), channelId: id, content: trimmed, writtenAt, ...more };
      typedAt = 0;
      outbox.put(message);
      if (hold() === undefined) transmit(message);
    },
    /** A file of a message that waits for it is there. */
    supply: (key: string, ticket: string) => changeFiles(key, (file) => [{ ...file, ticket }]),
    /** A file does not go with its message after all. */
    leaveOut: (key: string) => changeFiles(key, () => []),
    /** Sends what another tab left behind. */
    flush,
    retry,
    discard: forget,
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
