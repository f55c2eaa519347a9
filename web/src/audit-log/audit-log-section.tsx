import type { AuditAction } from '@harmonium/api/audit-log';
import type { Member } from '@harmonium/api/member';
import X from 'lucide-solid/icons/x';
import { For, Match, Show, Switch, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { SkeletonRows } from '../design/skeleton.tsx';
import { displayName } from '../room/member-groups.ts';
import { MemberSearch } from '../server-settings/member-search.tsx';
import { useServer } from '../server-settings/server-context.tsx';
import { useApi } from '../session-context.tsx';
import { auditLog } from '../strings/en-audit-log.ts';
import { t } from '../strings/server-settings.ts';
import { createAuditLog } from './create-audit-log.ts';
import { EntryRow } from './entry-row.tsx';

const ACTS = Object.keys(auditLog.acts) as AuditAction[]; // Its own keys.

/** Who did what to whom, and when: newest first, by person and by act. */
export function AuditLogSection() {
  const state = useServer();
  const call = useApi();
  const [person, setPerson] = createSignal<Member>();
  const [act, setAct] = createSignal<AuditAction>();
  const serverId = () => state().structure.server.id;
  const isFiltered = () => person() !== undefined || act() !== undefined;
  const log = createAuditLog({
    filter: () => ({ actorId: person()?.user.id, action: act() }),
    page: (query) => call('GET /api/servers/:id/audit-log', { params: { id: serverId() }, query }),
  });
  createEffect(on([person, act], () => void log.restart()));

  return (
    <>
      <p class="mb-4 text-second">{t('auditLog.sentence')}</p>
      <div class="grid gap-3 tablet:grid-cols-2">
        <Show
          when={person()}
          fallback={
            <MemberSearch
              serverId={serverId()}
              label={t('auditLog.byPerson')}
              placeholder={t('auditLog.person')}
              onChoose={setPerson}
            />
          }
        >
          {(member) => (
            <div class="flex min-h-10 items-center gap-2.5 rounded-medium bg-raised pr-1.5 pl-3 pointer-coarse:min-h-11">
              <Avatar user={member().user} size={22} />
              <span class="min-w-0 flex-1 truncate">
                {t('auditLog.ofPerson', displayName(member()))}
              </span>
              <IconButton label={t('auditLog.clearPerson')} onClick={() => setPerson(undefined)}>
                <X size={16} />
              </IconButton>
            </div>
          )}
        </Show>
        <ActChoice value={act()} onChange={setAct} />
      </div>
      <ul class="mt-4" aria-label={t('serverSettings.auditLog')}>
        <For each={log.entries()}>{(entry) => <EntryRow entry={entry} />}</For>
      </ul>
      <Switch>
        <Match when={log.state() === 'loading'}>
          <SkeletonRows
            rows={log.entries().length === 0 ? 8 : 3}
            avatar={36}
            label={t('auditLog.loading')}
          />
        </Match>
        <Match when={log.state() === 'failed'}>
          <EmptyState title={t('serverSettings.failed')}>
            <Button onClick={() => log.more()}>{t('serverSettings.retry')}</Button>
          </EmptyState>
        </Match>
        <Match when={log.entries().length === 0}>
          <EmptyState
            title={isFiltered() ? t('auditLog.noMatches') : t('auditLog.empty')}
            sentence={isFiltered() ? undefined : t('auditLog.emptySentence')}
          />
        </Match>
        <Match when={log.hasMore()}>
          <Further onReached={log.more} />
        </Match>
        <Match when={log.entries().length > 0}>
          <p class="py-6 text-center text-label text-third">{t('auditLog.end')}</p>
        </Match>
      </Switch>
    </>
  );
}

function ActChoice(props: {
  value: AuditAction | undefined;
  onChange: (act: AuditAction | undefined) => void;
}) {
  return (
    <select
      aria-label={t('auditLog.act')}
      class="min-h-10 w-full appearance-none rounded-medium border border-line bg-rail/40 px-3 pr-9 text-ellipsis choice-arrow transition hover:border-third/50 focus:border-brass focus-visible:outline-1 focus-visible:outline-offset-0 pointer-coarse:min-h-11"
      value={props.value ?? ''}
      onChange={(event) => props.onChange(ACTS.find((act) => act === event.currentTarget.value))}
    >
      <option value="">{t('auditLog.everyAct')}</option>
      <For each={ACTS}>{(act) => <option value={act}>{auditLog.acts[act]}</option>}</For>
    </select>
  );
}

/** At the end of what is loaded: more comes before somebody gets there. */
function Further(props: { onReached: () => void }) {
  const observer = new IntersectionObserver(
    (seen) => {
      if (seen.some(({ isIntersecting }) => isIntersecting)) props.onReached();
    },
    { rootMargin: '400px' },
  );
  onCleanup(() => observer.disconnect());
  return <div ref={(element) => observer.observe(element)} class="h-px" />;
}
