import type { AuditEntry } from '@harmonium/api/audit-log';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import { For, Show, createSignal, createUniqueId } from 'solid-js';
import { exactTime, relativeTime } from '../server-settings/relative-time.ts';
import { useServer } from '../server-settings/server-context.tsx';
import { t } from '../strings/server-settings.ts';
import { entryChanges } from './entry-changes.ts';
import type { EntryChange } from './entry-changes.ts';
import { EntryIcon } from './entry-icon.tsx';
import { entryNames } from './entry-names.ts';
import { entrySentence } from './entry-sentence.ts';

/** One act as a sentence, with what changed under it for who wants to know. */
export function EntryRow(props: { entry: AuditEntry }) {
  const state = useServer();
  const id = createUniqueId();
  const [isOpen, setOpen] = createSignal(false);
  const names = () => entryNames(props.entry, state().structure);
  const changes = () => entryChanges(props.entry, names());
  return (
    <li class="py-1">
      <button
        type="button"
        disabled={changes().length === 0}
        aria-expanded={changes().length === 0 ? undefined : isOpen()}
        aria-controls={changes().length === 0 ? undefined : id}
        class="-mx-2.5 flex min-h-14 w-[calc(100%+20px)] items-center gap-3.5 rounded-medium px-2.5 py-1.5 text-left transition-colors enabled:hover:bg-side disabled:cursor-default"
        onClick={() => setOpen(!isOpen())}
      >
        <EntryIcon action={props.entry.action} />
        <span class="min-w-0 flex-1">
          <span class="block text-second wrap-anywhere">
            <span class="font-medium text-ink">{props.entry.actor.username}</span>{' '}
            {entrySentence(props.entry, names())}
          </span>
          <Show when={props.entry.reason}>
            {(reason) => (
              <span class="block text-second italic wrap-anywhere">
                {t('auditLog.reason', reason())}
              </span>
            )}
          </Show>
          <time
            datetime={props.entry.createdAt}
            title={exactTime(props.entry.createdAt)}
            class="block text-label text-third"
          >
            {relativeTime(props.entry.createdAt, Date.now())}
          </time>
        </span>
        <Show when={changes().length > 0}>
          <ChevronRight
            size={16}
            class="shrink-0 text-third transition-transform"
            classList={{ 'rotate-90': isOpen() }}
          />
        </Show>
      </button>
      <Show when={isOpen()}>
        <dl
          id={id}
          class="mt-1 mb-2 ml-[50px] grid animate-appear gap-y-1.5 rounded-medium bg-side px-4 py-3"
        >
          <For each={changes()}>{(change) => <Change change={change} />}</For>
        </dl>
      </Show>
    </li>
  );
}

function Change(props: { change: EntryChange }) {
  return (
    <div class="grid gap-x-4 tablet:grid-cols-[150px_minmax(0,1fr)]">
      <dt class="text-third">{props.change.label}</dt>
      <dd class="wrap-anywhere">
        <Show when={props.change.before}>
          {(before) => (
            <>
              <span class="sr-only">{t('auditLog.before')}: </span>
              <del class="text-third">{before()}</del>
            </>
          )}
        </Show>
        <Show when={props.change.before !== undefined && props.change.after !== undefined}>
          <span aria-hidden="true" class="px-1.5 text-third">
            →
          </span>
          <span class="sr-only">; {t('auditLog.after')}: </span>
        </Show>
        {props.change.after}
      </dd>
    </div>
  );
}
