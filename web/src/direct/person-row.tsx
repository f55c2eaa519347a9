import type { Relationship } from '@harmonium/api/relationship';
import { useNavigate } from '@solidjs/router';
import Ban from 'lucide-solid/icons/ban';
import Check from 'lucide-solid/icons/check';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import MessageCircle from 'lucide-solid/icons/message-circle';
import UserMinus from 'lucide-solid/icons/user-minus';
import X from 'lucide-solid/icons/x';
import { Match, Show, Switch, createSignal } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { Button } from '../design/button.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { Menu, MenuItem } from '../design/menu.tsx';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import { t as app } from '../strings/strings.ts';
import { t } from '../strings/direct.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import type { Direct } from './create-direct.ts';

/** One person, and what can be done about them. */
export function PersonRow(props: { direct: Direct; relationship: Relationship }) {
  const toasts = useToasts();
  const navigate = useNavigate();
  const [blocking, setBlocking] = createSignal(false);
  const user = () => props.relationship.user;
  const kind = () => props.relationship.kind;

  async function act(change: () => Promise<unknown>): Promise<void> {
    try {
      await change();
    } catch (problem) {
      toasts.complain(problemSentence(problem));
    }
  }
  const end = () => void act(() => props.direct.end(user().id));
  const message = () =>
    void act(async () => navigate(`/direct/${(await props.direct.open([user().id])).id}`));

  return (
    <li class="group flex min-h-[58px] items-center gap-3 rounded-medium px-2 py-2 transition-colors hover:bg-raised hover:[--surface:var(--raised)]">
      <Show when={kind() === 'friend'} fallback={<Avatar user={user()} size={40} />}>
        <Avatar user={user()} size={40} status={props.direct.presence(user().id)} />
      </Show>
      <span class="min-w-0 flex-1">
        <span class="block truncate text-message leading-5 font-bold">{user().username}</span>
        <span class="block truncate text-label text-third">
          <Standing direct={props.direct} relationship={props.relationship} />
        </span>
      </span>
      <Switch>
        <Match when={kind() === 'friend'}>
          <IconButton
            label={t('direct.message', user().username)}
            class="size-9!"
            onClick={message}
          >
            <MessageCircle size={18} />
          </IconButton>
          <Menu
            label={t('direct.more', user().username)}
            placement="bottom-end"
            triggerClass="touch-target inline-grid size-9 shrink-0 place-items-center rounded-small text-second transition hover:bg-raised-more hover:text-ink data-expanded:bg-raised-more"
            trigger={<Ellipsis size={18} />}
          >
            <MenuItem icon={UserMinus} onSelect={end}>
              {t('direct.unfriend')}
            </MenuItem>
            <MenuItem
              icon={Ban}
              danger
              onSelect={() => requestAnimationFrame(() => setTimeout(() => setBlocking(true)))}
            >
              {t('direct.block')}
            </MenuItem>
          </Menu>
        </Match>
        <Match when={kind() === 'incoming'}>
          <IconButton
            label={t('direct.accept', user().username)}
            class="size-9! text-live-ink!"
            onClick={() => void act(() => props.direct.set(user().id, 'friend'))}
          >
            <Check size={20} />
          </IconButton>
          <IconButton label={t('direct.refuse', user().username)} class="size-9!" onClick={end}>
            <X size={20} />
          </IconButton>
        </Match>
        <Match when={kind() === 'outgoing'}>
          <IconButton label={t('direct.takeBack', user().username)} class="size-9!" onClick={end}>
            <X size={20} />
          </IconButton>
        </Match>
        <Match when={kind() === 'blocked'}>
          <Button look="quiet" class="min-h-8! px-3! pointer-coarse:min-h-10!" onClick={end}>
            {t('direct.unblock')}
          </Button>
        </Match>
      </Switch>
      <Show when={blocking()}>
        <ConfirmDialog
          title={t('direct.blockTitle', user().username)}
          sentence={t('direct.blockSentence')}
          button={t('direct.block')}
          act={() => props.direct.set(user().id, 'blocked')}
          onClose={() => setBlocking(false)}
        />
      </Show>
    </li>
  );
}

function Standing(props: { direct: Direct; relationship: Relationship }) {
  const status = () => props.direct.presence(props.relationship.user.id);
  return (
    <Switch>
      <Match when={props.relationship.kind === 'friend'}>
        {props.direct.statusText(props.relationship.user.id) ?? app(`presence.${status()}`)}
      </Match>
      <Match when={props.relationship.kind === 'incoming'}>{t('direct.incoming')}</Match>
      <Match when={props.relationship.kind === 'outgoing'}>{t('direct.outgoing')}</Match>
      <Match when={props.relationship.kind === 'blocked'}>{t('direct.isBlocked')}</Match>
    </Switch>
  );
}
