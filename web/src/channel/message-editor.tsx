import { MAX_MESSAGE_LENGTH } from '@harmonium/api/message-length';
import type { Message } from '@harmonium/api/message';
import { Show, createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { isShortcut } from '../keys/shortcuts.ts';
import { t } from '../strings/strings.ts';
import { createWriting } from '../writing/create-writing.ts';
import { createNameOf } from '../writing/name-of.ts';
import { namedText } from '../writing/named-text.ts';
import { WritingField } from '../writing/writing-field.tsx';
import { refusalSentence, useConversation } from './conversation.tsx';

/** Changes an own message where it stands. */
export function MessageEditor(props: { message: Message }) {
  const conversation = useConversation();
  const writing = createWriting(namedText(props.message.content, createNameOf()));
  const [box, setBox] = createSignal<HTMLElement>();
  const [problem, setProblem] = createSignal<string>();
  const [busy, setBusy] = createSignal(false);
  const left = () => MAX_MESSAGE_LENGTH - writing.wire().trim().length;

  const close = (): void => void conversation.startEdit(undefined);

  async function save(): Promise<void> {
    const content = writing.wire().trim();
    if (busy() || left() < 0) return;
    if (content === '') return void setProblem(t('channel.editEmpty'));
    if (content === props.message.content) return close();
    setBusy(true);
    const outcome = await conversation.room.edit(props.message.id, content);
    setBusy(false);
    if (outcome.ok) close();
    else setProblem(refusalSentence(outcome.code));
  }

  function takeKey(event: KeyboardEvent): boolean {
    if (isShortcut(event, 'giveUp')) close();
    else if (isShortcut(event, 'send')) void save();
    else return false;
    return true;
  }

  return (
    <div class="my-1">
      <div
        ref={setBox}
        class="flex rounded-medium bg-raised-more px-3 py-2.5 focus-within:outline-1 focus-within:outline-brass/60"
      >
        <WritingField
          writing={writing}
          anchor={box}
          onKey={takeKey}
          label={t('channel.editLabel')}
          autofocus
        />
      </div>
      <div class="mt-1.5 flex items-center gap-2 text-label text-third">
        <Show when={problem()} fallback={<span class="flex-1">{t('channel.editHint')}</span>}>
          <span role="alert" class="flex-1 text-danger-ink">
            {problem()}
          </span>
        </Show>
        <Show when={left() < 200}>
          <span classList={{ 'text-danger-ink': left() < 0 }}>{t('channel.left', left())}</span>
        </Show>
        <Button look="bare" class="min-h-7! px-2! text-label" onClick={close}>
          {t('channel.cancel')}
        </Button>
        <Button class="min-h-7! px-3! text-label" busy={busy()} onClick={() => void save()}>
          {t('channel.save')}
        </Button>
      </div>
    </div>
  );
}
