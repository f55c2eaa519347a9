import { Match, Switch } from 'solid-js';
import { Button } from '../design/button.tsx';
import { t } from '../strings/strings.ts';
import { useConversation } from './conversation.tsx';
import { MessageSkeletons } from './message-skeletons.tsx';

/** What stands below the last message where more of them follow. */
export function NewerEnd() {
  const { history } = useConversation().room;
  return (
    <Switch fallback={<div class="h-24" />}>
      <Match when={history.newer() === 'failed'}>
        <div class="flex flex-wrap items-center justify-center gap-3 px-5 py-6 text-second">
          {t('channel.newerFailed')}
          <Button look="quiet" onClick={() => void history.loadNewer()}>
            {t('channel.retry')}
          </Button>
        </div>
      </Match>
      <Match when={history.newer() === 'loading'}>
        <MessageSkeletons rows={3} label={t('channel.loadingNewer')} />
      </Match>
    </Switch>
  );
}
