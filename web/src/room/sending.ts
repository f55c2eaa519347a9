import { MAX_MESSAGE_LENGTH } from '@harmonium/api/message-length';
import type { Snowflake } from '@harmonium/api/ids';
import type { ChannelClientEvent } from '@harmonium/rooms/client-event';
import type { ChannelServerEvent } from '@harmonium/rooms/server-event';
import { batch, createSignal } from 'solid-js';
import { makeNonce } from './nonce.ts';
import { isSendable, isWhole } from './outbox.ts';
import type { ChannelOutbox, OutgoingFile, PendingMessage } from './outbox.ts';
import { rejectionOf } from './rejection.ts';
import type { Rejection } from './rejection.ts';

interface SendingDeps {
  channelId: Snowflake;
  outbox: ChannelOutbox;
  /** Where there is no connection it does nothing: the outbox keeps what matters. */
  say: (event: ChannelClientEvent & { type: 'message.send' }) => void;
  now: () => number;
}

/** What is written to one channel, on its way to the room: in the order written, as it lets it through. */
export function createSending({ channelId, outbox, say, now }: SendingDeps) {
  /** While the room lets nothing through: why, and until when. */
  const [hold, setHold] = createSignal<Required<Rejection>>();
  let holding: ReturnType<typeof setTimeout> | undefined;
  let writtenAt = 0;

  const find = (nonce: string) => outbox.all().find((message) => message.nonce === nonce);

  function refuse(nonce: string, event: ChannelServerEvent & { type: 'rejected' }): void {
    const message = find(nonce);
    if (message === undefined) return;
    const refused = rejectionOf(event, now());
    outbox.put({ ...message, refused });
    const { code, retryAt } = refused;
    if (retryAt !== undefined) holdUntil({ code, retryAt });
  }

  /** What is written after a message that has to wait waits behind it: order is kept. */
  function holdUntil(next: Required<Rejection>): void {
    const until = Math.max(hold()?.retryAt ?? 0, next.retryAt);
    setHold({ ...next, retryAt: until });
    clearTimeout(holding);
    holding = setTimeout(release, Math.max(0, until - now()));
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

  function transmit(message: PendingMessage): void {
    if (!isWhole(message)) return;
    const { nonce, content, replyTo, quiet, files } = message;
    const attachments = files?.flatMap(({ ticket = [] }) => ticket);
    say({ type: 'message.send', nonce, content, replyTo, quiet, attachments });
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

  return {
    /** Why nothing goes out at the moment, and until when. */
    hold,
    isUnderWay: (nonce: string): boolean => find(nonce) !== undefined,
    /** False for what is no message. */
    write(content: string, more: Pick<PendingMessage, 'replyTo' | 'quiet' | 'files'>): boolean {
      const trimmed = content.trim();
      if (trimmed.length > MAX_MESSAGE_LENGTH) return false;
      if (trimmed === '' && (more.files ?? []).length === 0) return false;
      // Of two messages of the same millisecond the order is known, too.
      writtenAt = Math.max(now(), writtenAt + 1);
      const message = { nonce: makeNonce(), channelId, content: trimmed, writtenAt, ...more };
      outbox.put(message);
      if (hold() === undefined) transmit(message);
      return true;
    },
    refuse,
    /** The room listens: in the order written; it knows by the nonce what it has already. */
    release,
    /** Sends what another tab left behind. */
    flush,
    retry(nonce: string): void {
      const message = find(nonce);
      if (message === undefined) return;
      const again = { ...message, refused: undefined };
      outbox.put(again);
      if (hold() === undefined) transmit(again);
    },
    discard(nonce: string): void {
      if (find(nonce) !== undefined) outbox.remove(nonce);
    },
    /** A file of a message that waits for it is there. */
    supply: (key: string, ticket: string) => changeFiles(key, (file) => [{ ...file, ticket }]),
    /** A file does not go with its message after all. */
    leaveOut: (key: string) => changeFiles(key, () => []),
    /** Nobody gets in any more: what waits is not sent, and its writer is to know. */
    giveUp(): void {
      for (const message of outbox.all()) {
        if (isSendable(message) || !isWhole(message))
          outbox.put({ ...message, refused: { code: 'missing_permission' } });
      }
    },
    stop(): void {
      clearTimeout(holding);
      setHold(undefined);
    },
  };
}
