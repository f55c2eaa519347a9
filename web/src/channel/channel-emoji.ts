import type { MetEmoji } from '@harmonium/api/emoji';
import { createMemo } from 'solid-js';
import { emojiSet, isOwn } from '../emoji/own-emoji.ts';
import type { EmojiSet } from '../emoji/own-emoji.ts';
import type { Rooms } from '../room/create-rooms.ts';
import { t } from '../strings/strings.ts';

/**
 * The servers' own emoji where one writes: in a server its own, in a direct conversation those of all
 * servers one is in; there, what others write with is asked for.
 * @param serverId undefined: a direct conversation
 */
export function createChannelEmoji(rooms: Rooms, serverId: string | undefined) {
  const sets = createMemo((): EmojiSet[] => {
    const ids = serverId === undefined ? (rooms.servers() ?? []).map(({ id }) => id) : [serverId];
    return ids.flatMap((id) => emojiSet(rooms.server(id)));
  });
  const byId = createMemo(
    () => new Map(sets().flatMap(({ emojis }) => emojis.map((emoji) => [String(emoji.id), emoji]))),
  );

  /** Undefined: nobody knows it, or it is being asked for. */
  function find(id: string): MetEmoji | undefined {
    return byId().get(id) ?? (serverId === undefined ? rooms.metEmojis.find(id) : undefined);
  }

  return {
    sets,
    find,
    /** One that may be used here. */
    usable: (id: string): MetEmoji | undefined => byId().get(id),
    byName: (name: string): MetEmoji | undefined =>
      [...byId().values()].find((emoji) => emoji.name === name.toLowerCase()),
    /** By the key that reactions carry, as it is read out. */
    nameOf(key: string): string {
      if (!isOwn(key)) return key;
      const emoji = find(key);
      return emoji === undefined ? t('channel.unknownEmoji') : `:${emoji.name}:`;
    },
  };
}
