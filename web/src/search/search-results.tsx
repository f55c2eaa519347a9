import type { SearchTerm } from '@harmonium/api/search-terms';
import Hash from 'lucide-solid/icons/hash';
import { For, Match, Show, Switch, createMemo, onCleanup, onMount } from 'solid-js';
import { excerptOf } from '../channel/excerpt.ts';
import { dayName } from '../channel/times.ts';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { SkeletonRows } from '../design/skeleton.tsx';
import { problemSentence } from '../problems.ts';
import { t } from '../strings/search.ts';
import type { Results } from './create-results.ts';
import type { FoundNames } from './found-names.ts';
import { resultGroups } from './result-groups.ts';
import { ResultRow } from './result-row.tsx';

interface SearchResultsProps {
  results: Results;
  serverId: string | undefined;
  terms: readonly SearchTerm[];
  names: FoundNames;
  /** The message that was gone to last. */
  opened: string | undefined;
  onOpen: (messageId: string) => void;
}

/** What was found, or why nothing is shown. */
export function SearchResults(props: SearchResultsProps) {
  const { results } = props;
  const isEmpty = () => results.messages().length === 0;
  return (
    <Switch>
      <Match when={results.state() === 'none'}>
        <div class="flex min-h-full">
          <EmptyState title={t('search.startTitle')} sentence={t('search.startSentence')} />
        </div>
      </Match>
      <Match when={isEmpty() && results.state() === 'loading'}>
        <SkeletonRows rows={7} avatar={32} label={t('search.loading')} />
      </Match>
      <Match when={isEmpty() && results.state() === 'failed'}>
        <div class="flex min-h-full" role="alert">
          <EmptyState title={t('search.failedTitle')} sentence={problemSentence(results.problem())}>
            <Button look="quiet" onClick={() => void results.more()}>
              {t('search.retry')}
            </Button>
          </EmptyState>
        </div>
      </Match>
      <Match when={isEmpty() && !results.hasMore()}>
        <div class="flex min-h-full">
          <EmptyState title={t('search.nothingTitle')} sentence={t('search.nothingSentence')} />
        </div>
      </Match>
      <Match when={true}>
        <Found {...props} />
      </Match>
    </Switch>
  );
}

function Found(props: SearchResultsProps) {
  const { results } = props;
  const groups = createMemo(() => resultGroups(results.messages()));
  return (
    <div class="px-2 pb-6" onKeyDown={stepThrough}>
      <For each={groups()}>
        {(group) => (
          <section class="pt-3">
            <h3 class="flex min-w-0 items-center gap-1 px-2.5 pb-1 text-label font-bold text-third">
              <Show when={props.serverId !== undefined}>
                <Hash size={13} class="shrink-0" />
                <span class="truncate">{props.names.channel(group.channelId) ?? ''}</span>
                <span aria-hidden="true">·</span>
              </Show>
              <span class="shrink-0">{dayName(Date.parse(group.at), Date.now())}</span>
            </h3>
            <ul>
              <For each={group.messages}>
                {(message) => (
                  <li>
                    <ResultRow
                      message={message}
                      text={excerptOf(message.content, inText(props.names), message.content.length)}
                      name={props.names.user(message.author.id) ?? message.author.username}
                      color={props.names.color(message.author.id)}
                      serverId={props.serverId}
                      terms={props.terms}
                      isOpen={props.opened === message.id}
                      onOpen={() => props.onOpen(message.id)}
                    />
                  </li>
                )}
              </For>
            </ul>
          </section>
        )}
      </For>
      <Ending results={results} />
    </div>
  );
}

/** Names as they stand in a text, also of what one does not know. */
function inText({ user, role, channel }: FoundNames) {
  return {
    user: (id: string) => user(id) ?? t('search.somebody'),
    role: (id: string) => role(id) ?? t('search.aRole'),
    channel: (id: string) => channel(id) ?? t('search.aChannel'),
  };
}

/** What comes after the last row; the next page is asked for when it is in sight. */
function Ending(props: { results: Results }) {
  let end: HTMLDivElement | undefined;
  onMount(() => {
    const watch = new IntersectionObserver(
      ([entry]) => {
        const { results } = props;
        const isWaiting = results.state() === 'ready' && results.messages().length > 0;
        if (entry?.isIntersecting === true && isWaiting && results.hasMore()) void results.more();
      },
      { rootMargin: '400px' },
    );
    if (end !== undefined) watch.observe(end);
    onCleanup(() => watch.disconnect());
  });
  return (
    <div ref={(element) => (end = element)} class="px-2.5 pt-4 text-center text-label text-third">
      <Switch fallback={<p>{t('search.end')}</p>}>
        <Match when={props.results.state() === 'failed'}>
          <p role="alert" class="mb-2 text-second">
            {problemSentence(props.results.problem())}
          </p>
          <Button look="quiet" onClick={() => void props.results.more()}>
            {t('search.retry')}
          </Button>
        </Match>
        <Match when={props.results.hasMore()}>
          <Button
            look="bare"
            class="w-full"
            busy={props.results.state() === 'loading'}
            onClick={() => void props.results.more()}
          >
            {t('search.more')}
          </Button>
        </Match>
      </Switch>
    </div>
  );
}

/** Up and down go through the rows. */
function stepThrough(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-result]')];
  const at = rows.findIndex((row) => row === document.activeElement);
  if (at === -1) return;
  event.preventDefault();
  rows[at + step]?.focus();
}
