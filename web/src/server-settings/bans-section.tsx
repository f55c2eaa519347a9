import type { Ban } from '@harmonium/api/ban';
import { For, Show, createSignal } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { Button } from '../design/button.tsx';
import { useToasts } from '../design/toast.tsx';
import { createMemberLookup } from '../members/member-lookup.ts';
import { problemSentence } from '../problems.ts';
import { displayName } from '../room/member-groups.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/server-settings.ts';
import { BanDialog } from './ban-dialog.tsx';
import { createListing } from './create-listing.ts';
import { ListingFrame } from './listing-frame.tsx';
import { exactTime, relativeTime } from './relative-time.ts';
import { SearchField } from './search-field.tsx';
import { useServer } from './server-context.tsx';

const PAGE = 1000;

/** Who cannot come back, and why; and the way to let them. */
export function BansSection() {
  const state = useServer();
  const call = useApi();
  const toasts = useToasts();
  const [query, setQuery] = createSignal('');
  const [isBanning, setBanning] = createSignal(false);
  const serverId = () => state().structure.server.id;
  const memberOf = createMemberLookup(serverId);

  const bans = createListing(async () => {
    const all: Ban[] = [];
    for (;;) {
      const after = all.at(-1)?.user.id;
      const page = await call('GET /api/servers/:id/bans', {
        params: { id: serverId() },
        query: { limit: PAGE, after },
      });
      all.push(...page);
      if (page.length < PAGE) return all;
    }
  });

  const found = () => {
    const words = query().trim().toLocaleLowerCase();
    return (bans.items() ?? [])
      .filter(({ user, reason }) =>
        [user.username, user.id, reason ?? ''].some((text) =>
          text.toLocaleLowerCase().includes(words),
        ),
      )
      .sort((one, other) => other.createdAt.localeCompare(one.createdAt));
  };

  const words = (ban: Ban) => {
    const when = relativeTime(ban.createdAt, Date.now());
    const by = ban.createdBy === null ? undefined : memberOf(ban.createdBy);
    return by === undefined || by === null
      ? t('serverSettings.banned.at', when)
      : t('serverSettings.banned.by', displayName(by), when);
  };

  async function lift({ user }: Ban): Promise<void> {
    try {
      await call('DELETE /api/servers/:id/bans/:uid', {
        params: { id: serverId(), uid: user.id },
      });
      bans.change((held) => held.filter((ban) => ban.user.id !== user.id));
      toasts.say(t('serverSettings.banned.lifted', user.username));
    } catch (problem) {
      toasts.complain(problemSentence(problem));
      void bans.refresh();
    }
  }

  return (
    <>
      <p class="mb-4 text-second">{t('serverSettings.banned.sentence')}</p>
      <div class="flex gap-3">
        <SearchField
          class="min-w-0 flex-1"
          label={t('serverSettings.banned.search')}
          value={query()}
          onInput={setQuery}
        />
        <Button look="quiet" class="shrink-0" onClick={() => setBanning(true)}>
          {t('serverSettings.banned.ban')}
        </Button>
      </div>
      <ListingFrame
        label={t('serverSettings.bans')}
        count={bans.items()?.length}
        failed={bans.failed()}
        empty={{
          title: t('serverSettings.banned.empty'),
          sentence: t('serverSettings.banned.emptySentence'),
        }}
        onRetry={() => void bans.refresh()}
      >
        <ul class="mt-4 divide-y divide-line" aria-label={t('serverSettings.bans')}>
          <For
            each={found()}
            fallback={
              <li class="py-10 text-center text-second">{t('serverSettings.banned.none')}</li>
            }
          >
            {(ban) => (
              <li class="flex items-center gap-3.5 py-3 max-tablet:flex-wrap">
                <Avatar user={ban.user} size={40} />
                <div class="min-w-0 flex-1">
                  <p class="truncate font-medium">{ban.user.username}</p>
                  <p class="text-second wrap-anywhere">
                    {ban.reason ?? t('serverSettings.banned.noReason')}
                  </p>
                  <p class="text-label text-third" title={exactTime(ban.createdAt)}>
                    {words(ban)}
                  </p>
                </div>
                <Button
                  look="quiet"
                  class="shrink-0"
                  aria-label={t('serverSettings.banned.unbanFor', ban.user.username)}
                  onClick={() => void lift(ban)}
                >
                  {t('serverSettings.banned.unban')}
                </Button>
              </li>
            )}
          </For>
        </ul>
      </ListingFrame>
      <Show when={isBanning()}>
        <BanDialog
          onClose={() => setBanning(false)}
          onBanned={(ban) => {
            bans.change((held) => [...held.filter((one) => one.user.id !== ban.user.id), ban]);
            toasts.say(t('serverSettings.banned.done', ban.user.username));
          }}
        />
      </Show>
    </>
  );
}
