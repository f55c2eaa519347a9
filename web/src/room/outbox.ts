import type { Rejection } from './rejection.ts';

/** A message on its way: kept until the room says that it has it, or its writer gives it up. */
export interface PendingMessage {
  nonce: string;
  content: string;
  /** When it was written, milliseconds since the Unix epoch. */
  writtenAt: number;
  /** Why the room refused it. With `retryAt` it is sent again by itself. */
  refused?: Rejection;
}

export interface OutboxStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface Outbox {
  all(): readonly PendingMessage[];
  put(message: PendingMessage): void;
  remove(nonce: string): void;
}

/**
 * Messages of one user to one channel that the room has not confirmed. Each change reads what is
 * stored first, so that two tabs do not lose each other's messages.
 */
export function createOutbox(storage: OutboxStorage, key: string): Outbox {
  let own = read();

  function read(): PendingMessage[] {
    try {
      const stored: unknown = JSON.parse(storage.getItem(key) ?? '[]');
      return Array.isArray(stored) ? stored.filter(isPending) : [];
    } catch {
      return [];
    }
  }

  function write(messages: PendingMessage[]): void {
    try {
      if (messages.length === 0) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify(messages));
    } catch {
      // Full or forbidden storage: the messages live as long as the page does.
    }
  }

  return {
    all: () => own,
    put(message) {
      own = replaced(own, message);
      write(replaced(read(), message));
    },
    remove(nonce) {
      own = own.filter((message) => message.nonce !== nonce);
      write(read().filter((message) => message.nonce !== nonce));
    },
  };
}

function replaced(messages: readonly PendingMessage[], next: PendingMessage): PendingMessage[] {
  const at = messages.findIndex((message) => message.nonce === next.nonce);
  return at < 0 ? [...messages, next] : messages.with(at, next);
}

function isPending(value: unknown): value is PendingMessage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'nonce' in value &&
    typeof value.nonce === 'string' &&
    'content' in value &&
    typeof value.content === 'string' &&
    'writtenAt' in value &&
    typeof value.writtenAt === 'number'
  );
}
