import type { DirectChannel } from '@harmonium/api/direct';
import { Show } from 'solid-js';
import { Button } from '../design/button.tsx';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/direct.ts';
import type { Direct } from './create-direct.ts';

/** Why there is nothing to write in, and the way back for whoever has blocked the other. */
export function Silence(props: { direct: Direct; channel: DirectChannel }) {
  const session = useSession();
  const toasts = useToasts();
  const blocked = () =>
    props.channel.participants.find(
      ({ id }) => id !== session.user()?.id && props.direct.isBlocked(id),
    );

  async function unblock(): Promise<void> {
    const user = blocked();
    try {
      if (user !== undefined) await props.direct.end(user.id);
    } catch (problem) {
      toasts.complain(problemSentence(problem));
    }
  }

  return (
    <Show when={blocked()} fallback={t('direct.silenced')}>
      {(user) => (
        <span class="flex flex-wrap items-center justify-between gap-3">
          {t('direct.unblockToWrite', user().username)}
          <Button
            look="quiet"
            class="min-h-8! px-3! pointer-coarse:min-h-10!"
            onClick={() => void unblock()}
          >
            {t('direct.unblock')}
          </Button>
        </span>
      )}
    </Show>
  );
}
