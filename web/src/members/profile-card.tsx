import type { Member } from '@harmonium/api/member';
import Crown from 'lucide-solid/icons/crown';
import { Match, Show, Switch, createMemo } from 'solid-js';
import { Avatar, PresenceDot } from '../design/avatar.tsx';
import type { ShownStatus } from '../design/avatar.tsx';
import { hueOf, roleColor } from '../design/person-color.ts';
import { PersonActions } from '../direct/person-actions.tsx';
import { displayName } from '../room/member-groups.ts';
import { useRooms } from '../room/rooms.tsx';
import type { ServerState } from '../room/server-state.ts';
import { CardFrame } from '../servers/card-frame.tsx';
import type { Question } from '../servers/question.ts';
import { t } from '../strings/people.ts';
import { t as common } from '../strings/strings.ts';
import { PersonModeration } from '../voice/person-moderation.tsx';
import { PersonVolume } from '../voice/person-volume.tsx';
import { memberActions } from './member-actions.ts';
import { createMemberLookup } from './member-lookup.ts';
import { dateName, untilName } from './moments.ts';
import { ProfileActions } from './profile-actions.tsx';
import { ProfileRoles } from './profile-roles.tsx';

interface ProfileCardProps {
  question: Extract<Question, { about: 'profile' }>;
  onClose: () => void;
}

/** Who somebody is in this server, and what one may do about them. */
export function ProfileCard(props: ProfileCardProps) {
  const rooms = useRooms();
  const serverId = () => props.question.serverId;
  const lookUp = createMemberLookup(serverId);
  const member = createMemo(() => lookUp(props.question.user.id));
  const user = () => member()?.user ?? props.question.user;
  const name = () => {
    const known = member();
    return known ? displayName(known) : user().username;
  };
  const state = () => rooms.server(serverId());
  const presence = () => state()?.presences[user().id];
  const status = (): ShownStatus => presence()?.status ?? 'offline';
  const isOwner = () => state()?.structure.server.ownerId === user().id;

  return (
    <CardFrame
      shape="profile"
      label={t('people.card', name())}
      at={props.question.at}
      onClose={props.onClose}
    >
      <div
        class="h-[60px] rounded-t-large"
        style={{ background: `oklch(0.5 0.09 ${hueOf(user().id)} / 0.55)` }}
      />
      <div class="px-4 pb-4 [--surface:var(--side)]">
        <span class="-mt-9 mb-3 block w-fit rounded-full bg-side p-[5px]">
          <Avatar user={user()} size={72} status={member() ? status() : undefined} />
        </span>
        <h2 class="flex items-center gap-2 text-title leading-6 font-bold">
          <span
            class="min-w-0 wrap-anywhere"
            style={{ color: topColor(state(), member() ?? undefined) }}
          >
            {name()}
          </span>
          <Show when={isOwner()}>
            <Crown
              size={16}
              role="img"
              aria-label={t('people.owner')}
              class="shrink-0 text-brass-ink"
            />
          </Show>
        </h2>
        <Show when={name() !== user().username}>
          <p class="text-second wrap-anywhere">{user().username}</p>
        </Show>
        <Switch>
          <Match when={member() === null}>
            <p class="mt-3 text-second">{t('people.left')}</p>
          </Match>
          <Match when={member()}>
            {(known) => (
              <>
                <p class="mt-2 flex items-start gap-2 text-second">
                  <span class="mt-1 flex shrink-0">
                    <PresenceDot status={status()} size={11} decorative />
                  </span>
                  <span class="min-w-0 wrap-anywhere">
                    {presence()?.text ?? common(`presence.${status()}`)}
                  </span>
                </p>
                <Show when={timeoutEnd(known(), Date.now())}>
                  {(end) => (
                    <p class="mt-3 rounded-medium bg-danger-wash px-3 py-2 text-danger-ink">
                      {t('people.timedOut', untilName(end(), Date.now()))}
                    </p>
                  )}
                </Show>
                <Show when={state()}>
                  {(server) => (
                    <Known
                      state={server()}
                      member={known()}
                      name={name()}
                      onClose={() => props.onClose()}
                    />
                  )}
                </Show>
              </>
            )}
          </Match>
        </Switch>
      </div>
    </CardFrame>
  );
}

function Known(props: { state: ServerState; member: Member; name: string; onClose: () => void }) {
  const actions = createMemo(() => memberActions(props.state, props.member, Date.now()));
  /** In a call, so that it matters how loud they are. */
  const isHeard = () => !actions().isSelf && props.state.voice[props.member.user.id] !== undefined;
  return (
    <>
      <Show when={isHeard()}>
        <PersonVolume userId={props.member.user.id} />
        <PersonModeration state={props.state} user={props.member.user} />
      </Show>
      <PersonActions user={props.member.user} onClose={() => props.onClose()} />
      <ProfileRoles state={props.state} member={props.member} actions={actions()} />
      <p class="mt-4 text-label text-third">
        {t('people.joined', dateName(Date.parse(props.member.joinedAt)))}
      </p>
      <ProfileActions
        member={props.member}
        name={props.name}
        actions={actions()}
        onClose={() => props.onClose()}
      />
    </>
  );
}

function timeoutEnd({ timeoutUntil }: Member, now: number): number | undefined {
  const end = timeoutUntil === null ? 0 : Date.parse(timeoutUntil);
  return end > now ? end : undefined;
}

function topColor(state: ServerState | undefined, member: Member | undefined) {
  const top = state?.structure.roles
    .filter(({ id, color }) => color !== null && member?.roles.includes(id) === true)
    .sort((one, other) => other.position - one.position)[0];
  return top === undefined || top.color === null ? undefined : roleColor(top.color);
}
