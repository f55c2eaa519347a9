import type { NotificationLevel } from '@harmonium/api/notification';

/** What decides whether somebody is told of a message at once. */
export interface Occasion {
  isOwn: boolean;
  /** It names them. */
  isMention: boolean;
  isMuted: boolean;
  level: NotificationLevel;
  /** They asked not to be disturbed. */
  isDnd: boolean;
  /** They look at where it was said. */
  isInView: boolean;
  /** It was read meanwhile, here or on another device. */
  isRead: boolean;
  isBlocked: boolean;
}

export function isWanted(occasion: Occasion): boolean {
  const { isOwn, isMuted, isDnd, isInView, isRead, isBlocked, level, isMention } = occasion;
  if (isOwn || isMuted || isDnd || isInView || isRead || isBlocked) return false;
  return level === 'all' || (level === 'mentions' && isMention);
}
