import type { Message, Reaction } from '@harmonium/api/message';
import type { ReactionChanged } from '@harmonium/rooms/server-event';

type Change = Pick<ReactionChanged, 'emoji' | 'userId' | 'added' | 'count'>;

/** How many there are is said, not counted: applied twice it changes nothing. */
export function withReaction(message: Message, change: Change, me: string): Message {
  const { emoji, count, added } = change;
  const before = message.reactions?.find((reaction) => reaction.emoji === emoji);
  const mine = change.userId === me ? added : before?.me === true;
  const reactions = placed(message.reactions ?? [], { emoji, count, me: mine });
  return { ...message, reactions: reactions.length === 0 ? undefined : reactions };
}

/** As it will be once the room has heard of it: what one pressed shows at once. */
export function withWish(reactions: readonly Reaction[], emoji: string, on: boolean): Reaction[] {
  const before = reactions.find((reaction) => reaction.emoji === emoji);
  if ((before?.me ?? false) === on) return [...reactions];
  return placed(reactions, { emoji, count: (before?.count ?? 0) + (on ? 1 : -1), me: on });
}

/** In the order they first came. */
function placed(reactions: readonly Reaction[], next: Reaction): Reaction[] {
  const at = reactions.findIndex((reaction) => reaction.emoji === next.emoji);
  if (next.count <= 0) return reactions.filter((reaction) => reaction.emoji !== next.emoji);
  return at < 0 ? [...reactions, next] : reactions.with(at, next);
}
