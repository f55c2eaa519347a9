import type { Snowflake } from '@harmonium/api/ids';
import { createSignal } from 'solid-js';
import type { Rejection } from './rejection.ts';
import type { Tabs } from './tabs.ts';

/** A message on its way: kept until the room says that it has it, or its writer gives it up. */
export interface PendingMessage {
  nonce: string;
  channelId: Snowflake;
  content: string;
  /** What it answers. */
  replyTo?: Snowflake;
  /** Whoever is answered is not named by it. */
  quiet?: boolean;
  /** It goes out once all of them are there. */
  files?: readonly OutgoingFile[];
  /** When it was written, milliseconds since the Unix epoch. */
  writtenAt: number;
  /** Why the room refused it. With `retryAt` it is sent again by itself. */
  refused?: Rejection;
}

/** A file that goes with a message: what is shown of it, and the ticket once api has it. */
export interface OutgoingFile {
  /** The sender's own name for it. */
  key: string;
  name: string;
  /** In bytes. */
  size: number;
  type: string;
  width?: number;
  height?: number;
  ticket?: string;
}

/** As it is kept: by whom it is to be sent. */
export interface StoredMessage extends PendingMessage {
  tab: string;
}

/** What holds pending messages longer than a page lives. */
export interface OutboxStore {
  /** In the order written. */
  all(): Promise<StoredMessage[]>;
  /** In place of the one with the same nonce. What was put before the page died is kept. */
  put(message: StoredMessage): Promise<void>;
  remove(nonce: string): Promise<void>;
  /** Gives what one tab left behind to another, all or nothing; answers it in the order written. */
  adopt(from: string, to: string): Promise<StoredMessage[]>;
}

/** What is on its way to one channel. */
export interface ChannelOutbox {
  /** In the order written. */
  all(): readonly PendingMessage[];
  put(message: PendingMessage): void;
  remove(nonce: string): void;
}

export interface OutboxDeps {
  store: OutboxStore;
  tabs: Tabs;
  /** Written by an earlier version of the page; taken once. */
  inherited: Inheritance;
}

export interface Inheritance {
  messages: readonly PendingMessage[];
  /** They are in the store now. */
  forget: () => void;
}

/** Told of the channel whose messages changed, and whether some were left by another tab. */
type OutboxListener = (channelId: Snowflake, isAdopted: boolean) => void;

export type Outbox = ReturnType<typeof createOutbox>;

const NOTHING: readonly PendingMessage[] = [];

/**
 * Messages of one user that rooms have not confirmed. Each is sent by the tab that wrote it; when
 * that is closed or crashed, by one of those that are left, or by the next that is opened.
 */
export function createOutbox({ store, tabs, inherited }: OutboxDeps) {
  const [held, setHeld] = createSignal<ReadonlyMap<Snowflake, readonly PendingMessage[]>>(
    new Map(),
  );
  const listeners = new Set<OutboxListener>();
  const awaited = new Set<string>();

  tabs.onOther(expect);
  void begin();

  async function begin(): Promise<void> {
    take(inherited.messages);
    const own = inherited.messages.map((message) => store.put({ ...message, tab: tabs.id }));
    await Promise.all(own).then(inherited.forget, kept);
    const stored = await store.all().catch(() => []);
    for (const { tab } of stored) expect(tab);
  }

  /** Once that tab is gone, what it left is sent from here. */
  function expect(tab: string): void {
    if (tab === tabs.id || awaited.has(tab)) return;
    awaited.add(tab);
    tabs.whenGone(tab, async () => {
      awaited.delete(tab);
      take(await store.adopt(tab, tabs.id).catch(() => []));
    });
  }

  function take(messages: readonly PendingMessage[]): void {
    if (messages.length === 0) return;
    setHeld((before) => messages.reduce(withMessage, before));
    for (const id of new Set(messages.map(({ channelId }) => channelId))) tell(id, true);
  }

  function tell(channelId: Snowflake, isAdopted = false): void {
    for (const listener of listeners) listener(channelId, isAdopted);
  }

  return {
    channel: (id: Snowflake): ChannelOutbox => ({
      all: () => held().get(id) ?? NOTHING,
      put(message) {
        setHeld((before) => withMessage(before, message));
        store.put({ ...message, tab: tabs.id }).catch(kept);
        tell(id);
      },
      remove(nonce) {
        setHeld((before) => withoutMessage(before, id, nonce));
        store.remove(nonce).catch(kept);
        tell(id);
      },
    }),
    /** Channels to which something waits to be sent, whose oldest message is oldest first. */
    waiting(): Snowflake[] {
      return [...held()]
        .flatMap(([id, messages]) => {
          const first = messages.find(isSendable);
          return first === undefined ? [] : [{ id, writtenAt: first.writtenAt }];
        })
        .sort((one, other) => one.writtenAt - other.writtenAt)
        .map(({ id }) => id);
    },
    /** Called with each channel whose messages changed, until the answer is called. */
    listen(listener: OutboxListener): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => tabs.close(),
  };
}

/** Full or forbidden storage: the messages live as long as the page does. */
function kept(): void {}

/** True for what goes out by itself. */
export function isSendable(message: PendingMessage): boolean {
  const { refused } = message;
  return isWhole(message) && (refused === undefined || refused.retryAt !== undefined);
}

/** Nothing that goes with it is still on its way. */
export function isWhole({ files = [] }: PendingMessage): boolean {
  return files.every(({ ticket }) => ticket !== undefined);
}

type Held = ReadonlyMap<Snowflake, readonly PendingMessage[]>;

function withMessage(held: Held, next: PendingMessage): Held {
  const messages = held.get(next.channelId) ?? [];
  const at = messages.findIndex(({ nonce }) => nonce === next.nonce);
  const changed =
    at < 0
      ? [...messages, next].sort((one, other) => one.writtenAt - other.writtenAt)
      : messages.with(at, next);
  return new Map(held).set(next.channelId, changed);
}

function withoutMessage(held: Held, channelId: Snowflake, nonce: string): Held {
  const left = (held.get(channelId) ?? []).filter((message) => message.nonce !== nonce);
  const next = new Map(held).set(channelId, left);
  if (left.length === 0) next.delete(channelId);
  return next;
}
