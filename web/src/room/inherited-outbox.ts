import type { Snowflake } from '@harmonium/api/ids';
import type { Inheritance, PendingMessage } from './outbox.ts';

/** What an earlier version of the page kept on its way, a list for each channel. */
export function inheritedOutbox(
  storage: Pick<Storage, 'length' | 'key' | 'getItem' | 'removeItem'>,
  userId: string,
): Inheritance {
  const start = `harmonium.outbox.${userId}.`;
  try {
    const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '').filter(
      (key) => key.startsWith(start),
    );
    return {
      messages: keys.flatMap((key) =>
        listIn(storage.getItem(key)).flatMap((message) =>
          pendingIn(message, key.slice(start.length) as Snowflake),
        ),
      ), // The keys were made of ids.
      forget: () => keys.forEach((key) => storage.removeItem(key)),
    };
  } catch {
    return { messages: [], forget() {} };
  }
}

function listIn(text: string | null): unknown[] {
  try {
    const list: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

function pendingIn(value: unknown, channelId: Snowflake): PendingMessage[] {
  if (typeof value !== 'object' || value === null) return [];
  const { nonce, content, writtenAt } = value as Partial<Record<keyof PendingMessage, unknown>>; // Checked below.
  if (typeof nonce !== 'string' || typeof content !== 'string') return [];
  return typeof writtenAt === 'number' ? [{ nonce, channelId, content, writtenAt }] : [];
}
