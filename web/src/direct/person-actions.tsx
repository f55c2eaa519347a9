import type { User } from '@harmonium/api/user';
import { useNavigate } from '@solidjs/router';
import Ban from 'lucide-solid/icons/ban';
import Check from 'lucide-solid/icons/check';
import MessageCircle from 'lucide-solid/icons/message-circle';
import UserPlus from 'lucide-solid/icons/user-plus';
import { Match, Show, Switch } from 'solid-js';
import { Button } from '../design/button.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/direct.ts';
import { createSubmission } from '../submission.ts';
import type { Direct } from './create-direct.ts';
import { WithDirect } from './with-direct.tsx';

interface PersonActionsProps {
  user: User;
  onClose: () => void;
}

/** What one may do with somebody apart from any server: write, be friends, block. */
export function PersonActions(props: PersonActionsProps) {
  const session = useSession();
  return (
    <Show when={props.user.id !== session.user()?.id}>
      <WithDirect>{(direct) => <Actions {...props} direct={direct} />}</WithDirect>
    </Show>
  );
}

const SMALL = 'min-h-9! px-3! pointer-coarse:min-h-11!';

function Actions(props: PersonActionsProps & { direct: Direct }) {
  const navigate = useNavigate();
  const toasts = useToasts();
  const sending = createSubmission();
  const kind = () => props.direct.kind(props.user.id);

  async function act(change: () => Promise<void>): Promise<void> {
    if (!(await sending.run(change))) toasts.complain(problemSentence(sending.problem()));
  }
  const message = () =>
    act(async () => {
      const { id } = await props.direct.open([props.user.id]);
      props.onClose();
      navigate(`/direct/${id}`);
    });
  const befriend = () =>
    act(async () => {
      const { kind: reached } = await props.direct.ask({ userId: props.user.id });
      const said = reached === 'friend' ? 'direct.befriended' : 'direct.asked';
      toasts.say(t(said, props.user.username));
    });
  const block = () =>
    act(async () => {
      await props.direct.set(props.user.id, 'blocked');
      toasts.say(t('direct.nowBlocked', props.user.username));
    });

  return (
    <div class="mt-4 flex items-center gap-2">
      <Show
        when={kind() !== 'blocked'}
        fallback={
          <Button
            look="quiet"
            class={`flex-1 ${SMALL}`}
            busy={sending.busy()}
            onClick={() => void act(() => props.direct.end(props.user.id))}
          >
            {t('direct.unblock')}
          </Button>
        }
      >
        <Button class={`flex-1 ${SMALL}`} busy={sending.busy()} onClick={() => void message()}>
          <MessageCircle size={16} />
          {t('direct.write')}
        </Button>
        <Switch>
          <Match when={kind() === undefined}>
            <IconButton
              label={t('direct.befriend', props.user.username)}
              class="size-9! bg-raised"
              onClick={() => void befriend()}
            >
              <UserPlus size={17} />
            </IconButton>
          </Match>
          <Match when={kind() === 'incoming'}>
            <IconButton
              label={t('direct.accept', props.user.username)}
              class="size-9! bg-raised text-live-ink!"
              onClick={() => void befriend()}
            >
              <Check size={17} />
            </IconButton>
          </Match>
        </Switch>
        <IconButton
          label={t('direct.blockPerson', props.user.username)}
          class="size-9! bg-raised hover:text-danger-ink!"
          onClick={() => void block()}
        >
          <Ban size={17} />
        </IconButton>
      </Show>
    </div>
  );
}
