import type { Invite } from '@harmonium/api/invite';
import Copy from 'lucide-solid/icons/copy';
import { For, Show, createSignal } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { Button } from '../design/button.tsx';
import { Choice } from '../design/field.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { useToasts } from '../design/toast.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { formProblem, problemSentence } from '../problems.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/server-settings.ts';
import { createSubmission } from '../submission.ts';
import { createListing } from './create-listing.ts';
import { ListingFrame } from './listing-frame.tsx';
import { exactTime, relativeTime } from './relative-time.ts';
import { useServer } from './server-context.tsx';

const LASTS = [
  { value: '3600', label: t('serverSettings.link.hour') },
  { value: '86400', label: t('serverSettings.link.day') },
  { value: '604800', label: t('serverSettings.link.week') },
  { value: '2592000', label: t('serverSettings.link.month') },
  { value: '0', label: t('serverSettings.link.never') },
];
const USES = [
  { value: '0', label: t('serverSettings.link.unlimited') },
  { value: '1', label: t('serverSettings.link.once') },
  ...[5, 25, 100].map((uses) => ({
    value: String(uses),
    label: t('serverSettings.link.times', uses),
  })),
];

/** The links that lead here: made, copied, ended. */
export function InvitesSection() {
  const state = useServer();
  const call = useApi();
  const toasts = useToasts();
  const params = () => ({ id: state().structure.server.id });
  const invites = createListing(() => call('GET /api/servers/:id/invites', { params: params() }));

  async function revoke({ code }: Invite): Promise<void> {
    try {
      await call('DELETE /api/invites/:code', { params: { code } });
      invites.change((held) => held.filter((invite) => invite.code !== code));
      toasts.say(t('serverSettings.link.revoked'));
    } catch (problem) {
      toasts.complain(problemSentence(problem));
      void invites.refresh();
    }
  }

  return (
    <>
      <p class="mb-4 text-second">{t('serverSettings.link.sentence')}</p>
      <NewInvite onCreated={(made) => invites.change((held) => [made, ...held])} />
      <ListingFrame
        label={t('serverSettings.invites')}
        count={invites.items()?.length}
        failed={invites.failed()}
        empty={{
          title: t('serverSettings.link.empty'),
          sentence: t('serverSettings.link.emptySentence'),
        }}
        onRetry={() => void invites.refresh()}
      >
        <ul class="mt-5 divide-y divide-line" aria-label={t('serverSettings.invites')}>
          <For each={invites.items()}>
            {(invite) => <InviteRow invite={invite} onRevoke={() => void revoke(invite)} />}
          </For>
        </ul>
      </ListingFrame>
    </>
  );
}

function NewInvite(props: { onCreated: (invite: Invite) => void }) {
  const state = useServer();
  const call = useApi();
  const toasts = useToasts();
  const [lasts, setLasts] = createSignal('604800');
  const [uses, setUses] = createSignal('0');
  const creating = createSubmission();

  async function create(): Promise<void> {
    const expiresIn = Number(lasts());
    const made = await call('POST /api/servers/:id/invites', {
      params: { id: state().structure.server.id },
      body: { maxUses: Number(uses()), ...(expiresIn > 0 ? { expiresIn } : {}) },
    });
    props.onCreated(made);
    await copyLink(made.code, toasts);
  }

  return (
    <section
      aria-label={t('serverSettings.link.creating')}
      class="rounded-large bg-side p-4 tablet:p-5"
    >
      <FormProblem sentence={formProblem(creating.problem())} />
      <div class="grid grid-cols-2 items-end gap-3 tablet:grid-cols-[1fr_1fr_auto]">
        <Choice
          label={t('serverSettings.link.lasts')}
          value={lasts()}
          choices={LASTS}
          onChange={setLasts}
        />
        <Choice
          label={t('serverSettings.link.uses')}
          value={uses()}
          choices={USES}
          onChange={setUses}
        />
        <Button
          class="min-h-11 max-tablet:col-span-2"
          busy={creating.busy()}
          onClick={() => void creating.run(create)}
        >
          {t('serverSettings.link.create')}
        </Button>
      </div>
    </section>
  );
}

function InviteRow(props: { invite: Invite; onRevoke: () => void }) {
  const toasts = useToasts();
  const [isSure, setSure] = createSignal(false);
  const ending = () => {
    const { expiresAt, uses, maxUses } = props.invite;
    if (maxUses !== null && uses >= maxUses) return t('serverSettings.link.usedUp');
    if (expiresAt === null) return t('serverSettings.link.endsNever');
    if (Date.parse(expiresAt) <= Date.now()) return t('serverSettings.link.ended');
    return t('serverSettings.link.ends', relativeTime(expiresAt, Date.now()));
  };
  return (
    <li class="flex items-center gap-3.5 py-3">
      <Avatar user={props.invite.creator} size={36} />
      <div class="min-w-0 flex-1">
        <p class="flex flex-wrap items-baseline gap-x-2">
          <code class="font-mono font-medium select-all">{props.invite.code}</code>
          <span class="truncate text-label text-third">
            {t('serverSettings.link.by', props.invite.creator.username)}
          </span>
        </p>
        <p class="text-label text-second">
          {t('serverSettings.link.used', props.invite.uses, props.invite.maxUses)}
          {' · '}
          <span
            title={props.invite.expiresAt === null ? undefined : exactTime(props.invite.expiresAt)}
          >
            {ending()}
          </span>
          {' · '}
          <span title={exactTime(props.invite.createdAt)}>
            {t('serverSettings.link.created', relativeTime(props.invite.createdAt, Date.now()))}
          </span>
        </p>
      </div>
      <IconButton
        label={t('serverSettings.link.copy', props.invite.code)}
        onClick={() => void copyLink(props.invite.code, toasts)}
      >
        <Copy size={16} />
      </IconButton>
      <Button
        look={isSure() ? 'danger' : 'bare'}
        class="shrink-0 px-3"
        aria-label={isSure() ? undefined : t('serverSettings.link.revoke', props.invite.code)}
        onBlur={() => setSure(false)}
        onClick={() => {
          if (isSure()) props.onRevoke();
          else setSure(true);
        }}
      >
        <Show when={isSure()} fallback={t('serverSettings.link.undo')}>
          {t('serverSettings.link.sure')}
        </Show>
      </Button>
    </li>
  );
}

async function copyLink(code: string, toasts: ReturnType<typeof useToasts>): Promise<void> {
  try {
    await navigator.clipboard.writeText(`${location.origin}/invite/${code}`);
    toasts.say(t('serverSettings.link.copied'));
  } catch {
    // No clipboard outside of HTTPS and localhost, or it was refused.
    toasts.complain(t('serverSettings.link.copyFailed'));
  }
}
