import type { Emoji } from '@harmonium/api/emoji';

export function emojiOf({ id, serverId, name, image, animated }: Emoji): Emoji {
  return { id, serverId, name, image, animated };
}
