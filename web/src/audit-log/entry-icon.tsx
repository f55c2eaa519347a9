import type { AuditAction } from '@harmonium/api/audit-log';
import Smile from 'lucide-solid/icons/face-slightly-smiling';
import Folder from 'lucide-solid/icons/folder';
import Hash from 'lucide-solid/icons/hash';
import MessagesSquare from 'lucide-solid/icons/messages-square';
import Link from 'lucide-solid/icons/link';
import MessageSquare from 'lucide-solid/icons/message-square';
import Shield from 'lucide-solid/icons/shield';
import ShieldCheck from 'lucide-solid/icons/shield-check';
import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal';
import User from 'lucide-solid/icons/user';
import type { LucideIcon } from 'lucide-solid';
import { Dynamic } from 'solid-js/web';

const ICONS: Record<string, LucideIcon> = {
  server: SlidersHorizontal,
  channel: Hash,
  thread: MessagesSquare,
  category: Folder,
  override: ShieldCheck,
  role: Shield,
  member: User,
  emoji: Smile,
  invite: Link,
  message: MessageSquare,
};

/** What it was done to, and whether something was made, changed or ended. */
export function EntryIcon(props: { action: AuditAction }) {
  const noun = () => props.action.split('.')[0] ?? '';
  const isMade = () => /\.(create|unban)$/.test(props.action);
  const isEnded = () => /\.(delete|bulk_delete|kick|ban)$/.test(props.action);
  return (
    <span
      aria-hidden="true"
      class="grid size-9 shrink-0 place-items-center rounded-medium bg-raised"
      classList={{
        'text-live-ink': isMade(),
        'text-danger-ink': isEnded(),
        'text-second': !isMade() && !isEnded(),
      }}
    >
      <Dynamic component={ICONS[noun()] ?? SlidersHorizontal} size={17} />
    </span>
  );
}
