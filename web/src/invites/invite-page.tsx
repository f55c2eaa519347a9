import { A, useNavigate, useParams } from '@solidjs/router';
import { Match, Show, Switch, createResource } from 'solid-js';
import type { InvitePreview } from '@harmonium/api/invite';
import { ApiProblem } from '../api.ts';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { LINK_BUTTON, QUIET_LINK_BUTTON } from '../design/link-button.ts';
import { createPageTitle } from '../design/page-title.ts';
import { Reeds } from '../design/reeds.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { Splash } from '../login/splash.tsx';
import { formProblem, problemSentence } from '../problems.ts';
import { ServerIcon } from '../servers/server-icon.tsx';
import { useApi, useSession } from '../session-context.tsx';
import { t } from '../strings/strings.ts';
import { createSubmission } from '../submission.ts';

export function InvitePage() {
  const params = useParams<{ code: string }>();
  const call = useApi();
  const [preview, { refetch }] = createResource(
    () => params.code,
    (code) =>
      call('GET /api/invites/:code', { params: { code } }).then(
        (invite) => ({ invite, problem: undefined }),
        (problem: unknown) => ({ invite: undefined, problem }),
      ),
  );
  createPageTitle(() => preview.latest?.invite?.server.name);
  const isGone = () => {
    const problem = preview.latest?.problem;
    return problem instanceof ApiProblem && [400, 404].includes(problem.status);
  };

  return (
    <main class="pb-safe flex min-h-dvh bg-side">
      <Switch fallback={<Splash />}>
        <Match when={preview.latest?.invite}>{(invite) => <Preview invite={invite()} />}</Match>
        <Match when={isGone()}>
          <EmptyState
            heading="h1"
            title={t('invite.goneTitle')}
            sentence={t('invite.goneSentence')}
          >
            <A href="/" class={QUIET_LINK_BUTTON}>
              {t('invite.toApp')}
            </A>
          </EmptyState>
        </Match>
        <Match when={preview.latest?.problem}>
          {(problem) => (
            <EmptyState
              heading="h1"
              title={t('session.unreachableTitle')}
              sentence={problemSentence(problem())}
            >
              <Button onClick={() => void refetch()} busy={preview.loading}>
                {t('session.retry')}
              </Button>
            </EmptyState>
          )}
        </Match>
      </Switch>
    </main>
  );
}

function Preview(props: { invite: InvitePreview }) {
  const session = useSession();
  return (
    <div class="m-auto flex w-full max-w-[360px] animate-appear flex-col items-center px-6 py-10 text-center">
      <Reeds size={30} class="mb-9 text-brass-ink" />
      <ServerIcon
        server={props.invite.server}
        size={84}
        active
        class="rounded-[26px] text-display"
      />
      <h1 class="mt-6">
        <span class="block text-message text-second">
          {t('invite.invites', props.invite.inviter.username)}
        </span>
        <span class="mt-1 block text-display font-bold tracking-tight text-balance wrap-anywhere">
          {props.invite.server.name}
        </span>
      </h1>
      <p class="mt-2 text-second">{t('invite.members', props.invite.memberCount)}</p>
      <div class="mt-9 flex w-full flex-col gap-3">
        <Show
          when={session.state().status === 'in'}
          fallback={
            <>
              <A href={`/register?invite=${props.invite.code}`} class={LINK_BUTTON}>
                {t('invite.register')}
              </A>
              <A href={`/login?invite=${props.invite.code}`} class={QUIET_LINK_BUTTON}>
                {t('invite.login')}
              </A>
            </>
          }
        >
          <Join invite={props.invite} />
        </Show>
      </div>
    </div>
  );
}

function Join(props: { invite: InvitePreview }) {
  const call = useApi();
  const navigate = useNavigate();
  const joining = createSubmission();
  const join = () =>
    joining.run(async () => {
      const code = props.invite.code;
      const server = await call('POST /api/invites/:code', { params: { code } });
      navigate(`/servers/${server.id}`, { replace: true });
    });

  return (
    <>
      <FormProblem sentence={formProblem(joining.problem())} />
      <Button onClick={() => void join()} busy={joining.busy()}>
        {t('invite.join', props.invite.server.name)}
      </Button>
    </>
  );
}
