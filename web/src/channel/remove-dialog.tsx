import { Show, createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { t } from '../strings/strings.ts';
import { refusalSentence, useConversation } from './conversation.tsx';
import { Markdown } from './markdown.tsx';

/** Asks before a message goes for good. */
export function RemoveDialog() {
  const conversation = useConversation();
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();

  function close(): void {
    conversation.setRemoving(undefined);
    setProblem(undefined);
  }

  async function remove(): Promise<void> {
    const message = conversation.removing();
    if (message === undefined) return;
    setBusy(true);
    const outcome = await conversation.room.remove(message.id);
    setBusy(false);
    if (outcome.ok) close();
    else setProblem(refusalSentence(outcome.code));
  }

  return (
    <Dialog
      open={conversation.removing() !== undefined}
      onClose={close}
      title={t('channel.removeTitle')}
      sentence={t('channel.removeSentence')}
    >
      <Show when={conversation.removing()}>
        {(message) => (
          <div class="mb-4 max-h-40 overflow-y-auto rounded-medium bg-raised px-3 py-2 text-message wrap-anywhere">
            <Markdown text={message().content} />
          </div>
        )}
      </Show>
      <Show when={problem()}>
        <p role="alert" class="mb-4 text-danger-ink">
          {problem()}
        </p>
      </Show>
      <div class="flex justify-end gap-2">
        <Button look="bare" onClick={close}>
          {t('channel.cancel')}
        </Button>
        <Button look="danger" busy={busy()} onClick={() => void remove()}>
          {t('channel.removeButton')}
        </Button>
      </div>
    </Dialog>
  );
}
