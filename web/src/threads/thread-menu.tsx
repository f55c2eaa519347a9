import type { Channel } from '@harmonium/api/channel';
import { Permission, canTendThread, hasPermission } from '@harmonium/api/permissions';
import Archive from 'lucide-solid/icons/archive';
import ArchiveRestore from 'lucide-solid/icons/archive-restore';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Pencil from 'lucide-solid/icons/pencil';
import Trash from 'lucide-solid/icons/trash';
import { Show } from 'solid-js';
import { Menu, MenuItem } from '../design/menu.tsx';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import type { ServerState } from '../room/server-state.ts';
import { myChannelPermissions } from '../room/server-view.ts';
import { useAsk } from '../servers/dialogs.tsx';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/threads.ts';

interface ThreadMenuProps {
  thread: Channel;
  state: ServerState;
  onGone?: () => void;
}

/** What whoever began a thread may do with it, and those who manage its channel. */
export function ThreadMenu(props: ThreadMenuProps) {
  const call = useApi();
  const ask = useAsk();
  const toasts = useToasts();
  const held = () => myChannelPermissions(props.state, props.thread, Date.now());
  const canTend = () => canTendThread(props.thread, props.state.me.user.id, held());
  const canDelete = () => hasPermission(held(), Permission.MANAGE_CHANNELS);

  async function setArchived(archived: boolean): Promise<void> {
    try {
      const params = { id: props.thread.id };
      await call('PATCH /api/channels/:id', { params, body: { archived } });
      if (archived) props.onGone?.();
    } catch (problem) {
      toasts.complain(problemSentence(problem));
    }
  }

  return (
    <Show when={canTend() || canDelete()}>
      <Menu
        label={t('threads.menu')}
        placement="bottom-end"
        triggerClass="touch-target grid size-8 shrink-0 place-items-center rounded-small text-second transition hover:bg-raised hover:text-ink"
        trigger={<Ellipsis size={18} />}
      >
        <Show when={canTend()}>
          <Show
            when={props.thread.archived}
            fallback={
              <>
                <MenuItem
                  icon={Pencil}
                  onSelect={() => ask({ about: 'rename-thread', thread: props.thread })}
                >
                  {t('threads.rename')}
                </MenuItem>
                <MenuItem icon={Archive} onSelect={() => void setArchived(true)}>
                  {t('threads.archive')}
                </MenuItem>
              </>
            }
          >
            <MenuItem icon={ArchiveRestore} onSelect={() => void setArchived(false)}>
              {t('threads.unarchive')}
            </MenuItem>
          </Show>
        </Show>
        <Show when={canDelete()}>
          <MenuItem
            icon={Trash}
            danger
            onSelect={() => ask({ about: 'remove-channel', channel: props.thread })}
          >
            {t('threads.delete')}
          </MenuItem>
        </Show>
      </Menu>
    </Show>
  );
}
