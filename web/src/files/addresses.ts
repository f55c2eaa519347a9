import type { Client } from '@harmonium/api/client';
import type { Snowflake } from '@harmonium/api/ids';
import type { AttachmentAddress } from '@harmonium/api/upload';
import { createSignal } from 'solid-js';
import type { Accessor } from 'solid-js';

/** Files asked about at once: MAX_ASKED_ATTACHMENTS, which would bring zod. */
const MAX_ASKED = 100;
/** What is drawn in one frame is asked about together, in milliseconds. */
const GATHER_MS = 20;
/** An address that ends sooner is asked for anew, in milliseconds. */
const ENDS_SOON_MS = 5 * 60_000;
const LOOK_EVERY_MS = 60_000;
/** A server that did not answer is asked again, in milliseconds. */
const ASK_AGAIN_MS = 5_000;

/** `gone`: the file, or its message, is not there any more. */
export type AddressState = 'asked' | 'gone' | AttachmentAddress;

export interface AddressesDeps {
  call: Client;
  now: () => number;
}

interface Entry {
  channelId: string;
  id: Snowflake;
  state: Accessor<AddressState>;
  setState: (state: AddressState) => void;
  /** How many show it. */
  holders: number;
  /** When it was last asked for because it did not work, milliseconds since the Unix epoch. */
  complainedAt: number;
}

export type Addresses = ReturnType<typeof createAddresses>;

/** Where files of messages are read: asked for together, once, and anew before it ends. */
export function createAddresses({ call, now }: AddressesDeps) {
  const entries = new Map<string, Entry>();
  const wanted = new Set<Entry>();
  let gathering: ReturnType<typeof setTimeout> | undefined;
  const looking = setInterval(look, LOOK_EVERY_MS);

  function entryOf(channelId: string, id: Snowflake): Entry {
    const known = entries.get(id);
    if (known !== undefined) return known;
    const [state, setState] = createSignal<AddressState>('asked');
    const entry = { channelId, id, state, setState, holders: 0, complainedAt: -Infinity };
    entries.set(id, entry);
    return entry;
  }

  function want(entry: Entry, afterMs = GATHER_MS): void {
    wanted.add(entry);
    gathering ??= setTimeout(ask, afterMs);
  }

  function ask(): void {
    gathering = undefined;
    const byChannel = Map.groupBy(wanted, ({ channelId }) => channelId);
    wanted.clear();
    for (const [channelId, all] of byChannel) {
      for (let at = 0; at < all.length; at += MAX_ASKED) {
        void askFor(channelId, all.slice(at, at + MAX_ASKED));
      }
    }
  }

  async function askFor(channelId: string, asked: readonly Entry[]): Promise<void> {
    const ids = asked.map(({ id }) => id);
    try {
      const params = { id: channelId };
      const found = await call('POST /api/channels/:id/attachments', { params, body: { ids } });
      const byId = new Map(found.map((address) => [address.id, address]));
      for (const { id, setState } of asked) setState(byId.get(id) ?? 'gone');
    } catch {
      for (const entry of asked) if (entry.holders > 0) want(entry, ASK_AGAIN_MS);
    }
  }

  function isFresh({ state }: Entry): boolean {
    const known = state();
    return typeof known === 'object' && Date.parse(known.expiresAt) - now() > ENDS_SOON_MS;
  }

  function look(): void {
    for (const [id, entry] of entries) {
      if (isFresh(entry)) continue;
      if (entry.holders === 0) entries.delete(id);
      else if (entry.state() !== 'gone') want(entry);
    }
  }

  return {
    /** Keeps an address fresh until `release`. */
    hold(channelId: string, id: Snowflake) {
      const entry = entryOf(channelId, id);
      entry.holders += 1;
      if (!isFresh(entry)) want(entry);
      return {
        state: entry.state,
        release: () => void (entry.holders -= 1),
        /** It did not work: asked for once more, and no oftener than it could have changed. */
        complain(): boolean {
          if (now() - entry.complainedAt < LOOK_EVERY_MS) return false;
          entry.complainedAt = now();
          want(entry);
          return true;
        },
      };
    },
    close(): void {
      clearInterval(looking);
      clearTimeout(gathering);
    },
  };
}
