import type { OwnSession } from '@harmonium/api/account';
import Monitor from 'lucide-solid/icons/monitor';
import Smartphone from 'lucide-solid/icons/smartphone';
import { For, Match, Show, Switch, createResource } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { Button } from '../design/button.tsx';
import { SkeletonRows } from '../design/skeleton.tsx';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/security.ts';
import { createSubmission } from '../submission.ts';
import { timeAgo } from './time-ago.ts';

/** Every login of one's own, and the ways to end them. */
export function SessionList() {
  const call = useApi();
  const toasts = useToasts();
  const ending = createSubmission();
  const [sessions, { refetch }] = createResource(() =>
    call('GET /api/users/@me/sessions').then(
      (list) => ({ list, problem: undefined }),
      (problem: unknown) => ({ list: undefined, problem }),
    ),
  );
  const known = () => (sessions.state === 'pending' ? undefined : sessions.latest);
  const others = () => known()?.list?.filter(({ current }) => !current) ?? [];

  async function end(send: () => Promise<void>, sentence: string): Promise<void> {
    const went = await ending.run(send);
    if (went) toasts.say(sentence);
    else toasts.complain(problemSentence(ending.problem()));
    void refetch();
  }
  const endOne = (id: string) =>
    void end(
      () => call('DELETE /api/users/@me/sessions/:id', { params: { id } }),
      t('security.ended'),
    );
  const endOthers = () =>
    void end(() => call('DELETE /api/users/@me/sessions'), t('security.othersEnded'));

  return (
    <section aria-labelledby="sessions">
      <div class="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div class="min-w-0">
          <h3 id="sessions" class="font-bold">
            {t('security.sessions')}
          </h3>
          <p class="mt-1 text-second">{t('security.sessionsSentence')}</p>
        </div>
      </div>
      <Switch
        fallback={
          <div class="mt-4 animate-late">
            <SkeletonRows rows={3} label={t('security.loading')} />
          </div>
        }
      >
        <Match when={known()?.list}>
          {(list) => (
            <ul class="mt-4 divide-y divide-line rounded-large bg-side px-4">
              <For each={list()}>
                {(session) => (
                  <Row session={session} busy={ending.busy()} onEnd={() => endOne(session.id)} />
                )}
              </For>
            </ul>
          )}
        </Match>
        <Match when={known()?.problem}>
          <p role="alert" class="mt-4 text-second">
            {t('security.sessionsFailed')}
          </p>
          <Button look="quiet" class="mt-3" onClick={() => void refetch()}>
            {t('security.retry')}
          </Button>
        </Match>
      </Switch>
      <Show when={known()?.list}>
        <Show
          when={others().length > 0}
          fallback={<p class="mt-3 text-label text-third">{t('security.onlyHere')}</p>}
        >
          <Button look="quiet" class="mt-4" busy={ending.busy()} onClick={endOthers}>
            {t('security.endOthers')}
          </Button>
        </Show>
      </Show>
    </section>
  );
}

function Row(props: { session: OwnSession; busy: boolean; onEnd: () => void }) {
  const device = () =>
    props.session.device === '' ? t('security.unknownDevice') : props.session.device;
  const isPhone = () => /android|ios|iphone|ipad/i.test(props.session.device);
  const lastUse = () => {
    const ago = timeAgo(props.session.lastUsedAt, Date.now());
    return props.session.current || ago === undefined
      ? t('security.now')
      : t('security.lastUsed', ago);
  };
  return (
    <li class="flex items-center gap-4 py-3.5">
      <Dynamic
        component={isPhone() ? Smartphone : Monitor}
        size={20}
        class={`shrink-0 ${props.session.current ? 'text-brass-ink' : 'text-third'}`}
      />
      <div class="min-w-0 flex-1">
        <p class="font-medium wrap-anywhere">{device()}</p>
        <p class="text-label text-third">
          {lastUse()} · {t('security.since', day(props.session.createdAt))}
        </p>
      </div>
      <Show
        when={!props.session.current}
        fallback={
          <span class="rounded-full bg-brass-wash px-2.5 py-1 text-label font-medium text-brass-ink">
            {t('security.here')}
          </span>
        }
      >
        <Button
          look="bare"
          class="min-h-9"
          aria-label={t('security.endOne', device())}
          disabled={props.busy}
          onClick={() => props.onEnd()}
        >
          {t('security.end')}
        </Button>
      </Show>
    </li>
  );
}

const day = (time: string): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(new Date(time));
