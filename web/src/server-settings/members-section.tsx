import type { Member } from '@harmonium/api/member';
import Ban from 'lucide-solid/icons/ban';
import Crown from 'lucide-solid/icons/crown';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Pencil from 'lucide-solid/icons/pencil';
import Timer from 'lucide-solid/icons/timer';
import TimerOff from 'lucide-solid/icons/timer-off';
import UserX from 'lucide-solid/icons/user-x';
import { For, Match, Show, Switch, createSignal } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { Button } from '../design/button.tsx';
import { Menu, MenuItem, MenuLine } from '../design/menu.tsx';
import { SkeletonRows } from '../design/skeleton.tsx';
import { useToasts } from '../design/toast.tsx';
import { memberActions } from '../members/member-actions.ts';
import { dateName, untilName } from '../members/moments.ts';
import { NicknameDialog } from '../members/nickname-dialog.tsx';
import { RemovalDialog } from '../members/removal-dialog.tsx';
import { RoleChips } from '../members/role-chips.tsx';
import { problemSentence } from '../problems.ts';
import { displayName } from '../room/member-groups.ts';
import { useApi } from '../session-context.tsx';
import { t as tPeople } from '../strings/people.ts';
import { t } from '../strings/server-settings.ts';
import { createMemberPages } from './member-pages.ts';
import { SearchField } from './search-field.tsx';
import { useServer } from './server-context.tsx';
import { TimeoutDialog } from './timeout-dialog.tsx';

type Asked = 'rename-member' | 'kick-member' | 'ban-member' | 'time-out';
type Ask = (about: Asked, member: Member) => void;

/** Everybody here, with what one may do about them. */
export function MembersSection() {
  const state = useServer();
  const [query, setQuery] = createSignal('');
  const [asked, setAsked] = createSignal<{ about: Asked; member: Member }>();
  const close = () => setAsked(undefined);
  const members = createMemberPages(
    () => state().structure.server.id,
    () => ({ query: query() }),
  );
  return (
    <>
      <p class="mb-4 text-second">{t('serverSettings.people.sentence')}</p>
      <SearchField label={t('serverSettings.people.search')} value={query()} onInput={setQuery} />
      <Show
        when={members.shown().length > 0 || members.state() !== 'loading'}
        fallback={<SkeletonRows rows={6} avatar={40} label={t('serverSettings.members')} />}
      >
        <ul class="mt-4 divide-y divide-line" aria-label={t('serverSettings.members')}>
          <For
            each={members.shown()}
            fallback={
              <li class="py-10 text-center text-second">
                {members.state() === 'failed'
                  ? t('serverSettings.failed')
                  : t('serverSettings.people.none')}
              </li>
            }
          >
            {(member) => (
              <MemberRow member={member} ask={(about, whom) => setAsked({ about, member: whom })} />
            )}
          </For>
        </ul>
      </Show>
      <Show when={members.state() === 'failed'}>
        <Button look="quiet" class="mt-4" onClick={() => void members.retry()}>
          {t('serverSettings.retry')}
        </Button>
      </Show>
      <Show when={members.hasMore() && members.state() !== 'failed'}>
        <Button
          look="quiet"
          class="mt-4"
          busy={members.state() === 'loading'}
          onClick={() => void members.more()}
        >
          {t('serverSettings.people.more')}
        </Button>
      </Show>
      <Show when={asked()} keyed>
        {({ about, member }) => (
          <Question
            about={about}
            member={member}
            onClose={() => {
              close();
              // Whoever is far down in a long list leaves it unheard.
              if (about === 'kick-member' || about === 'ban-member') void members.retry();
            }}
          />
        )}
      </Show>
    </>
  );
}

function Question(props: { about: Asked; member: Member; onClose: () => void }) {
  const about = () => props.about;
  return (
    <Switch>
      <Match when={about() === 'time-out'}>
        <TimeoutDialog member={props.member} onClose={props.onClose} />
      </Match>
      <Match when={about() === 'rename-member'}>
        <NicknameDialog
          question={{ about: 'rename-member', member: props.member }}
          onClose={props.onClose}
        />
      </Match>
      <Match when={about() === 'kick-member' || about() === 'ban-member'}>
        <RemovalDialog
          question={{
            about: about() === 'ban-member' ? 'ban-member' : 'kick-member',
            member: props.member,
          }}
          onClose={props.onClose}
        />
      </Match>
    </Switch>
  );
}

function MemberRow(props: { member: Member; ask: Ask }) {
  const state = useServer();
  const actions = () => memberActions(state(), props.member, Date.now());
  const isOwner = () => state().structure.server.ownerId === props.member.user.id;
  const timeoutEnd = () => {
    const end = Date.parse(props.member.timeoutUntil ?? '');
    return end > Date.now() ? end : undefined;
  };
  return (
    <li class="grid grid-cols-[40px_minmax(0,1fr)_auto] items-center gap-x-3.5 gap-y-2 py-3 tablet:grid-cols-[40px_minmax(0,5fr)_minmax(0,6fr)_auto]">
      <Avatar user={props.member.user} size={40} />
      <div class="min-w-0">
        <p class="flex items-center gap-1.5">
          <span class="truncate font-medium">{displayName(props.member)}</span>
          <Show when={isOwner()}>
            <Crown size={14} class="shrink-0 text-brass-ink" aria-label={tPeople('people.owner')} />
          </Show>
          <Show when={actions().isSelf}>
            <span class="rounded-small bg-raised px-1.5 text-label text-second">
              {t('serverSettings.people.you')}
            </span>
          </Show>
        </p>
        <p class="truncate text-label text-third">
          <Show when={props.member.nickname !== null}>{`${props.member.user.username} · `}</Show>
          {t('serverSettings.people.joined', dateName(Date.parse(props.member.joinedAt)))}
        </p>
        <Show when={timeoutEnd()}>
          {(end) => (
            <p class="mt-0.5 flex items-center gap-1.5 text-label text-brass-ink">
              <Timer size={13} class="shrink-0" />
              {tPeople('people.timedOut', untilName(end(), Date.now()))}
            </p>
          )}
        </Show>
      </div>
      <div class="max-tablet:order-1 max-tablet:col-span-2 max-tablet:col-start-2 max-tablet:empty:hidden">
        <Show when={props.member.roles.length > 0 || actions().givable.length > 0}>
          <RoleChips state={state()} member={props.member} actions={actions()} />
        </Show>
      </div>
      <MemberMenu member={props.member} ask={props.ask} />
    </li>
  );
}

function MemberMenu(props: { member: Member; ask: Ask }) {
  const state = useServer();
  const call = useApi();
  const toasts = useToasts();
  const actions = () => memberActions(state(), props.member, Date.now());
  const canModerate = () => {
    const { canTimeOut, canEndTimeout, canKick, canBan } = actions();
    return canTimeOut || canEndTimeout || canKick || canBan;
  };

  async function endTimeout(): Promise<void> {
    const { user, serverId } = props.member;
    try {
      await call('PATCH /api/servers/:id/members/:uid', {
        params: { id: serverId, uid: user.id },
        body: { timeoutUntil: null },
      });
      toasts.say(tPeople('people.done.timeoutEnded', displayName(props.member)));
    } catch (problem) {
      toasts.complain(problemSentence(problem));
    }
  }

  return (
    <Show when={actions().canRename || canModerate()} fallback={<span class="w-8" />}>
      <Menu
        label={t('serverSettings.people.menu', displayName(props.member))}
        placement="bottom-end"
        triggerClass="touch-target grid size-8 place-items-center rounded-small text-second transition hover:bg-raised hover:text-ink data-expanded:bg-raised"
        trigger={<Ellipsis size={18} />}
      >
        <Show when={actions().canRename}>
          <MenuItem icon={Pencil} onSelect={() => props.ask('rename-member', props.member)}>
            {actions().isSelf ? tPeople('people.renameOwn') : tPeople('people.rename')}
          </MenuItem>
        </Show>
        <Show when={actions().canRename && canModerate()}>
          <MenuLine />
        </Show>
        <Show when={actions().canEndTimeout}>
          <MenuItem icon={TimerOff} onSelect={() => void endTimeout()}>
            {tPeople('people.endTimeout')}
          </MenuItem>
        </Show>
        <Show when={actions().canTimeOut}>
          <MenuItem icon={Timer} onSelect={() => props.ask('time-out', props.member)}>
            {tPeople('people.timeOut')}
          </MenuItem>
        </Show>
        <Show when={actions().canKick}>
          <MenuItem icon={UserX} danger onSelect={() => props.ask('kick-member', props.member)}>
            {tPeople('people.kick')}
          </MenuItem>
        </Show>
        <Show when={actions().canBan}>
          <MenuItem icon={Ban} danger onSelect={() => props.ask('ban-member', props.member)}>
            {tPeople('people.ban')}
          </MenuItem>
        </Show>
      </Menu>
    </Show>
  );
}
