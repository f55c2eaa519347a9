import type { Relationship } from '@harmonium/api/relationship';
import UserPlus from 'lucide-solid/icons/user-plus';
import UsersRound from 'lucide-solid/icons/users-round';
import { For, Match, Show, Switch, createMemo, createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { createPageTitle } from '../design/page-title.ts';
import { Segments } from '../design/segments.tsx';
import { SkeletonRows } from '../design/skeleton.tsx';
import { MenuButton } from '../servers/menu-button.tsx';
import { t } from '../strings/direct.ts';
import { AddFriendDialog } from './add-friend-dialog.tsx';
import type { Direct } from './create-direct.ts';
import { PersonRow } from './person-row.tsx';

type Tab = 'online' | 'all' | 'requests' | 'blocked';

const EMPTY: Record<Tab, () => { title: string; sentence: string }> = {
  online: () => ({
    title: t('direct.emptyOnlineTitle'),
    sentence: t('direct.emptyOnlineSentence'),
  }),
  all: () => ({ title: t('direct.emptyAllTitle'), sentence: t('direct.emptyAllSentence') }),
  requests: () => ({
    title: t('direct.emptyRequestsTitle'),
    sentence: t('direct.emptyRequestsSentence'),
  }),
  blocked: () => ({
    title: t('direct.emptyBlockedTitle'),
    sentence: t('direct.emptyBlockedSentence'),
  }),
};

/** Friends, requests and blocked people. */
export function FriendsPage(props: { direct: Direct }) {
  const [tab, setTab] = createSignal<Tab>('all');
  const [adding, setAdding] = createSignal(false);
  createPageTitle(() => t('direct.friends'));
  const shown = createMemo(() =>
    props.direct
      .relationships()
      ?.filter((each) => belongs(props.direct, tab(), each))
      .sort(inOrder),
  );
  const tabs = () => [
    { value: 'all', label: t('direct.all') } as const,
    { value: 'online', label: t('direct.online') } as const,
    {
      value: 'requests',
      label:
        props.direct.requests() > 0
          ? t('direct.requestsWaiting', props.direct.requests())
          : t('direct.requests'),
    } as const,
    { value: 'blocked', label: t('direct.blockedTab') } as const,
  ];
  return (
    <main class="flex min-w-0 flex-1 flex-col [--surface:var(--main)]">
      <header class="pt-safe shrink-0 border-b border-line">
        <div class="flex h-[52px] items-center gap-3 pr-4 pl-5 max-tablet:pl-1">
          <span class="tablet:hidden">
            <MenuButton />
          </span>
          <UsersRound size={20} class="shrink-0 text-third max-tablet:hidden" />
          <h1 class="text-message font-bold">{t('direct.friends')}</h1>
          <span class="flex-1" />
          <Button class="min-h-8! px-3! pointer-coarse:min-h-10!" onClick={() => setAdding(true)}>
            <UserPlus size={16} />
            {t('direct.addFriend')}
          </Button>
        </div>
      </header>
      <div class="mx-auto w-full max-w-[760px] px-5 pt-4 max-tablet:px-3">
        <Segments
          label={t('direct.show')}
          value={tab()}
          choices={tabs()}
          onChange={(next) => setTab(next)}
        />
      </div>
      <Switch fallback={<SkeletonRows rows={6} avatar={40} label={t('direct.loading')} />}>
        <Match when={shown()?.length === 0}>
          <EmptyState {...EMPTY[tab()]()}>
            <Show when={tab() === 'all'}>
              <Button onClick={() => setAdding(true)}>{t('direct.addFriend')}</Button>
            </Show>
          </EmptyState>
        </Match>
        <Match when={shown()}>
          {(people) => (
            <div class="min-h-0 flex-1 overflow-y-auto">
              <ul class="mx-auto w-full max-w-[760px] px-3 py-3 max-tablet:px-1">
                <For each={people()}>
                  {(relationship) => (
                    <PersonRow direct={props.direct} relationship={relationship} />
                  )}
                </For>
              </ul>
            </div>
          )}
        </Match>
      </Switch>
      <Show when={adding()}>
        <AddFriendDialog direct={props.direct} onClose={() => setAdding(false)} />
      </Show>
    </main>
  );
}

function belongs(direct: Direct, tab: Tab, { kind, user }: Relationship): boolean {
  switch (tab) {
    case 'online':
      return kind === 'friend' && direct.presence(user.id) !== 'offline';
    case 'all':
      return kind === 'friend';
    case 'requests':
      return kind === 'incoming' || kind === 'outgoing';
    case 'blocked':
      return kind === 'blocked';
  }
}

/** What waits for an answer of one's own first, then by name. */
function inOrder(one: Relationship, other: Relationship): number {
  const first = Number(other.kind === 'incoming') - Number(one.kind === 'incoming');
  return first === 0 ? one.user.username.localeCompare(other.user.username) : first;
}
