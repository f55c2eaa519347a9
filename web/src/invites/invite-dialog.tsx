import type { Server } from '@harmonium/api/server';
import Check from 'lucide-solid/icons/check';
import Copy from 'lucide-solid/icons/copy';
import { Show, createResource, createSignal, onCleanup } from 'solid-js';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Choice, TextInput } from '../design/field.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { formProblem } from '../problems.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/strings.ts';

const LASTS = [
  { value: '3600', label: t('invite.hour') },
  { value: '86400', label: t('invite.day') },
  { value: '604800', label: t('invite.week') },
  { value: '2592000', label: t('invite.month') },
  { value: '0', label: t('invite.noEnd') },
];
const USES = [
  { value: '0', label: t('invite.unlimited') },
  { value: '1', label: t('invite.once') },
  ...[5, 25, 100].map((uses) => ({ value: String(uses), label: t('invite.count', uses) })),
];
const COPIED_MS = 2_000;

/** A link at once; another one when its bounds are chosen otherwise. */
export function InviteDialog(props: { server: Server; onClose: () => void }) {
  const call = useApi();
  const [lasts, setLasts] = createSignal('604800');
  const [uses, setUses] = createSignal('0');
  const [invite] = createResource(
    () => ({ expiresIn: Number(lasts()), maxUses: Number(uses()) }),
    ({ expiresIn, maxUses }) =>
      call('POST /api/servers/:id/invites', {
        params: { id: props.server.id },
        body: { maxUses, ...(expiresIn > 0 ? { expiresIn } : {}) },
      }).then(
        (made) => ({ made, problem: undefined }),
        (problem: unknown) => ({ made: undefined, problem }),
      ),
  );
  const link = () => {
    const code = invite.latest?.made?.code;
    return code === undefined || invite.loading ? '' : `${location.origin}/invite/${code}`;
  };
  const ends = () => {
    const made = invite.latest?.made;
    if (made === undefined || invite.loading) return undefined;
    return made.expiresAt === null
      ? t('invite.endsNever')
      : t('invite.endsAt', moment(made.expiresAt));
  };

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('invite.dialogTitle', props.server.name)}
      sentence={t('invite.dialogSentence')}
    >
      <FormProblem sentence={formProblem(invite.latest?.problem)} />
      <LinkField link={link()} hint={ends()} />
      <div class="mt-5 grid grid-cols-2 gap-4">
        <Choice label={t('invite.lasts')} value={lasts()} choices={LASTS} onChange={setLasts} />
        <Choice label={t('invite.uses')} value={uses()} choices={USES} onChange={setUses} />
      </div>
    </Dialog>
  );
}

function LinkField(props: { link: string; hint: string | undefined }) {
  const [state, setState] = createSignal<'idle' | 'copied' | 'failed'>('idle');
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(props.link);
      setState('copied');
      clearTimeout(timer);
      timer = setTimeout(() => setState('idle'), COPIED_MS);
    } catch {
      // No clipboard outside of HTTPS and localhost, or it was refused.
      setState('failed');
    }
  }

  return (
    <div class="flex items-start gap-3">
      <TextInput
        class="min-w-0 flex-1"
        label={t('invite.link')}
        readOnly
        value={props.link}
        hint={state() === 'failed' ? t('invite.copyFailed') : (props.hint ?? '\u00a0')}
        onFocus={(event: FocusEvent & { currentTarget: HTMLInputElement }) =>
          event.currentTarget.select()
        }
      />
      <Button
        class="mt-[26px] min-h-11 w-[108px] shrink-0"
        disabled={props.link === ''}
        onClick={() => void copy()}
      >
        {/* Live, so that the change is read out as well as seen. */}
        <span aria-live="polite" class="inline-flex items-center gap-2">
          <Show
            when={state() === 'copied'}
            fallback={
              <>
                <Copy size={16} />
                {t('invite.copy')}
              </>
            }
          >
            <Check size={16} />
            {t('invite.copied')}
          </Show>
        </span>
      </Button>
    </div>
  );
}

const moment = (time: string): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(time),
  );
