import { MAX_MESSAGE_LENGTH } from '@harmonium/api/message-length';
import SendHorizontal from 'lucide-solid/icons/send-horizontal';
import { Show, createSignal, createUniqueId, onCleanup, onMount } from 'solid-js';
import type { JSX } from 'solid-js';
import { t } from '../strings/strings.ts';
import { useConversation } from './conversation.tsx';
import { createDraft } from './draft.ts';
import { MessageField } from './message-field.tsx';
import { waitName } from './times.ts';
import { WhyReadOnly } from './why-read-only.tsx';

/** Characters left at which the counter shows. */
const COUNT_FROM = 300;

/** Where one writes. Enter sends; on a touch keyboard Enter is a new line and the button sends. */
export function Composer(props: { readOnly?: JSX.Element }) {
  const conversation = useConversation();
  const { room } = conversation;
  const draft = createDraft(localStorage, conversation.me()?.id ?? '', room.id);
  const [text, setText] = createSignal(draft.read());
  const hintId = createUniqueId();
  const isTouch = matchMedia('(hover: none) and (pointer: coarse)').matches;
  let field: HTMLTextAreaElement | undefined;

  const left = () => MAX_MESSAGE_LENGTH - text().trim().length;
  const slowmode = () => room.you()?.slowmode ?? 0;
  const canSend = () => conversation.canWrite() && text().trim() !== '' && left() >= 0;

  function write(value: string): void {
    setText(value);
    draft.write(value);
    if (value.trim() !== '') room.typed();
  }

  function send(): void {
    if (!canSend()) return;
    room.send(text());
    setText('');
    draft.write('');
    field?.focus();
  }

  function takeKey(event: KeyboardEvent): boolean {
    if (event.key === 'Enter' && !event.shiftKey && !isTouch) {
      send();
      return true;
    }
    if (event.key === 'ArrowUp' && text() === '') {
      const last = conversation.lastOwn();
      if (last !== undefined) conversation.startEdit(last.id);
      return last !== undefined;
    }
    return false;
  }

  /** Typing with nothing focused is meant for here. */
  function catchTyping(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
    if (event.key === ' ' || document.activeElement !== document.body) return;
    field?.focus();
  }

  onMount(() => {
    if (!isTouch) field?.focus({ preventScroll: true });
    addEventListener('keydown', catchTyping);
    onCleanup(() => removeEventListener('keydown', catchTyping));
  });

  return (
    <div class="px-5 max-tablet:px-3">
      <Show
        when={conversation.canWrite()}
        fallback={
          <div class="rounded-large border border-line bg-raised/60 px-4 py-3.5 text-message text-third">
            {props.readOnly ?? <WhyReadOnly />}
          </div>
        }
      >
        <form
          class="flex min-h-[52px] items-end gap-2 rounded-large border border-line bg-raised py-1.5 pr-2 pl-4 transition-colors focus-within:border-third/50"
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <div class="flex min-w-0 flex-1 py-[9px]">
            <MessageField
              ref={(element) => (field = element)}
              value={text()}
              onInput={write}
              onKey={takeKey}
              label={t('channel.placeholder', conversation.name())}
              placeholder={t('channel.placeholder', conversation.name())}
              describedBy={hintId}
            />
          </div>
          <Show when={left() <= COUNT_FROM}>
            <span
              class="self-end pb-2.5 text-label tabular-nums"
              classList={{ 'text-danger-ink': left() < 0, 'text-third': left() >= 0 }}
              title={t('channel.left', left())}
            >
              {left()}
            </span>
          </Show>
          <button
            type="submit"
            aria-label={t('channel.send')}
            title={t('channel.send')}
            disabled={!canSend()}
            class="touch-target grid size-[38px] shrink-0 place-items-center rounded-medium text-third transition enabled:text-brass-ink enabled:hover:bg-raised-more disabled:opacity-50"
          >
            <SendHorizontal size={18} />
          </button>
          <span id={hintId} class="sr-only" aria-live="polite">
            {left() < 0 ? t('channel.left', left()) : ''}
          </span>
        </form>
        <Show when={slowmode() > 0}>
          <p class="px-1 pt-1 text-label text-third">
            {t('channel.slowmode', waitName(slowmode()))}
          </p>
        </Show>
      </Show>
    </div>
  );
}
