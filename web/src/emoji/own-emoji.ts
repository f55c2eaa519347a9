import type { MetEmoji } from '@harmonium/api/emoji';
import type { Server } from '@harmonium/api/server';
import type { ServerState } from '../room/server-state.ts';

/** Ids are digits only; no sequence of Unicode's is. */
const ID = /^\d{2,}$/;

/** True for the id of a server's own, false for one of Unicode's. */
export function isOwn(emojiKey: string): boolean {
  return ID.test(emojiKey);
}

/** As it stands in a message. */
export function emojiMark({ id, name, animated }: MetEmoji): string {
  return `<${animated ? 'a' : ''}:${name}:${id}>`;
}

/** The emoji that one server made, by name. */
export interface EmojiSet {
  server: Pick<Server, 'id' | 'name' | 'icon'>;
  emojis: readonly MetEmoji[];
}

/** Nothing for a server that has none, or is not known yet. */
export function emojiSet(state: ServerState | undefined): EmojiSet[] {
  if (state === undefined || state.structure.emojis.length === 0) return [];
  const { server, emojis } = state.structure;
  return [{ server, emojis: emojis.toSorted((one, other) => (one.name < other.name ? -1 : 1)) }];
}
