import { For, Show, createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { createShortcut } from '../design/shortcut.ts';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/messages.ts';
import { useConversation } from './conversation.tsx';
import { MAX_SELECTED } from './selection.ts';

/** How many of the chosen messages the question shows. */
const SHOWN = 3;

/** What a moderator does with the messages they chose. */
export function SelectionBar() {
  const conversation = useConversation();
  const call = useApi();
  const toasts = useToasts();
  const { selection, room } = conversation;
  const [isAsking, setIsAsking] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();
  const ids = () => [...(selection.chosen() ?? [])];
  const samples = () => {
    const chosen = selection.chosen();
    return room.history
      .shown()
      .messages.filter((message) => chosen?.has(message.id) === true)
      .slice(0, SHOWN);
  };
  createShortcut('Escape', () => !isAsking() && selection.stop());

  async function remove(): Promise<void> {
    const count = ids().length;
    setBusy(true);
    setProblem(undefined);
    try {
      await call('POST /api/channels/:id/messages/bulk-delete', {
        params: { id: room.id },
        body: { ids: ids() },
      });
      setIsAsking(false);
      selection.stop();
      toasts.say(t('messages.removedMany', count));
    } catch (error) {
      setProblem(problemSentence(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div
      role="toolbar"
      aria-label={t('messages.selection')}
      class="mx-5 mb-2 flex min-h-[52px] animate-rise items-center gap-3 rounded-large bg-raised-more py-1.5 pr-2 pl-4 shadow-float max-tablet:mx-3"
    >
      <p role="status" class="min-w-0 flex-1 truncate font-medium">
        {ids().length >= MAX_SELECTED
          ? t('messages.selectedMost', MAX_SELECTED)
          : t('messages.selected', ids().length)}
        <span class="ml-2 font-normal text-third max-tablet:hidden">{t('messages.rangeHint')}</span>
      </p>
      <Button look="bare" onClick={() => selection.stop()}>
        {t('messages.cancel')}
      </Button>
      <Button look="danger" disabled={ids().length === 0} onClick={() => setIsAsking(true)}>
        {t('messages.removeMany', ids().length)}
      </Button>
      <Dialog
        open={isAsking()}
        onClose={() => setIsAsking(false)}
        title={t('messages.removeManyTitle', ids().length)}
        sentence={t('messages.removeManySentence')}
      >
        <ul class="mb-4 flex flex-col gap-1 rounded-medium bg-raised px-3 py-2.5">
          <For each={samples()}>
            {(message) => (
              <li class="truncate">
                <bdi class="font-medium">{conversation.author(message.author).name}</bdi>{' '}
                <bdi class="text-second">{conversation.excerpt(message)}</bdi>
              </li>
            )}
          </For>
          <Show when={ids().length > samples().length}>
            <li class="text-third">{t('messages.andMore', ids().length - samples().length)}</li>
          </Show>
        </ul>
        <Show when={problem()}>
          <p role="alert" class="mb-4 text-danger-ink">
            {problem()}
          </p>
        </Show>
        <div class="flex justify-end gap-2">
          <Button look="bare" onClick={() => setIsAsking(false)}>
            {t('messages.cancel')}
          </Button>
          <Button look="danger" busy={busy()} onClick={() => void remove()}>
            {t('messages.removeMany', ids().length)}
          </Button>
        </div>
      </Dialog>
    </div>
  );
}
