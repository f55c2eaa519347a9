import { explainPermissions } from '@harmonium/api/explain-permissions';
import type { Explanation } from '@harmonium/api/explain-permissions';
import Check from 'lucide-solid/icons/check';
import Eye from 'lucide-solid/icons/eye';
import EyeOff from 'lucide-solid/icons/eye-off';
import X from 'lucide-solid/icons/x';
import { For, Show, createMemo, createSignal } from 'solid-js';
import { useRooms } from '../room/rooms.tsx';
import { contextOf, overridesOf, subjectOf } from '../room/server-view.ts';
import { t } from '../strings/channel-settings.ts';
import { useChannel } from './channel-context.tsx';
import { CHANNEL_PERMISSIONS, groupsFor } from './channel-permissions.ts';
import { groupName } from './rule-editor.tsx';
import { ruleWords } from './rule-words.ts';
import { TargetIcon } from './target-icon.tsx';
import { TargetSearch } from './target-search.tsx';
import { memberTarget, roleTarget } from './target.ts';
import type { Target } from './target.ts';

/** The channel through the eyes of a role or member: what they may do, and which rule says so. */
export function ViewAsSection() {
  const { state, channel } = useChannel();
  const rooms = useRooms();
  const serverId = (): string => state().structure.server.id;
  const everyone = () => state().structure.roles.find(({ id }) => id === serverId());
  const [chosen, setChosen] = createSignal<Target | undefined>(initialTarget());

  function initialTarget(): Target | undefined {
    const role = everyone();
    return role && roleTarget(role);
  }

  /** As they are now: roles are given and taken while this is open. */
  const target = createMemo<Target | undefined>(() => {
    const known = chosen();
    if (known?.kind !== 'member') return known;
    const current = rooms.members(serverId()).get(known.id);
    return current === undefined ? known : memberTarget(current);
  });

  const explained = createMemo(() => {
    const known = target();
    if (known === undefined) return new Map<string, Explanation>();
    const subject =
      known.kind === 'member'
        ? subjectOf(known.member, Date.now())
        : { userId: '', roleIds: new Set([known.id]), timedOut: false };
    const list = explainPermissions(contextOf(state().structure), subject, overridesOf(channel()));
    return new Map(list.map((each) => [each.name, each]));
  });

  const roleName = (id: string) => {
    if (id === serverId()) return t('channelSettings.everyone');
    return state().structure.roles.find((role) => role.id === id)?.name ?? '';
  };
  const name = (known: Target): string => {
    if (known.kind === 'member') return known.name;
    return known.id === serverId()
      ? t('channelSettings.everyoneAlone')
      : t('channelSettings.roleAlone', known.name);
  };
  const sees = () => explained().get('VIEW_CHANNEL')?.granted === true;

  return (
    <>
      <p class="-mt-4 mb-5 text-second">{t('channelSettings.viewAsSentence')}</p>
      <TargetSearch
        serverId={serverId()}
        roles={state().structure.roles}
        label={t('channelSettings.viewAsSearch')}
        onChoose={setChosen}
      />
      <Show
        when={target()}
        fallback={<p class="mt-6 text-second">{t('channelSettings.viewAsNobody')}</p>}
      >
        {(known) => (
          <section aria-label={name(known())} class="mt-6" aria-live="polite">
            <div class="flex items-center gap-3 rounded-large bg-side p-4">
              <TargetIcon target={known()} />
              <p class="min-w-0 flex-1 text-message font-bold">
                {sees()
                  ? t('channelSettings.sees', name(known()))
                  : t('channelSettings.seesNot', name(known()))}
              </p>
              <Show when={sees()} fallback={<EyeOff size={20} class="text-danger-ink" />}>
                <Eye size={20} class="text-live-ink" />
              </Show>
            </div>
            <For each={groupsFor(channel().type)}>
              {(group) => (
                <>
                  <h3 class="mt-6 text-label font-bold text-third">{groupName(group)}</h3>
                  <ul class="divide-y divide-line">
                    <For each={CHANNEL_PERMISSIONS[group]}>
                      {(permission) => (
                        <Show when={explained().get(permission)}>
                          {(explanation) => (
                            <Line
                              explanation={explanation()}
                              why={ruleWords(explanation(), {
                                role: roleName,
                                member: known().name,
                              })}
                            />
                          )}
                        </Show>
                      )}
                    </For>
                  </ul>
                </>
              )}
            </For>
          </section>
        )}
      </Show>
    </>
  );
}

function Line(props: { explanation: Explanation; why: string }) {
  return (
    <li class="flex items-start gap-3 py-2.5">
      <Show
        when={props.explanation.granted}
        fallback={
          <X
            size={18}
            role="img"
            aria-label={t('channelSettings.refused')}
            class="mt-px shrink-0 text-danger-ink"
          />
        }
      >
        <Check
          size={18}
          role="img"
          aria-label={t('channelSettings.granted')}
          class="mt-px shrink-0 text-live-ink"
        />
      </Show>
      <div class="min-w-0">
        <p class="font-medium">{t(`permissions.${props.explanation.name}.name`)}</p>
        <p class="text-second">{props.why}</p>
      </div>
    </li>
  );
}
