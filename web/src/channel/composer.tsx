import { MAX_MESSAGE_LENGTH } from '@harmonium/api/message-length';
import SendHorizontal from 'lucide-solid/icons/send-horizontal';
import {
  Match,
  Show,
  Switch,
  createEffect,
  createSignal,
  createUniqueId,
  on,
  onCleanup,
  onMount,
} from 'solid-js';
import type { JSX } from 'solid-js';
import { useFiles } from '../files/files-provider.tsx';
import { filesIn } from '../files/transferred-files.ts';
import { emojiMark } from '../emoji/own-emoji.ts';
import { isShortcut } from '../keys/shortcuts.ts';
import { useRooms } from '../room/rooms.tsx';
import { t } from '../strings/strings.ts';
import { createWriting } from '../writing/create-writing.ts';
import { stillPicked } from '../writing/named-text.ts';
import { WritingField } from '../writing/writing-field.tsx';
import { useConversation } from './conversation.tsx';
import { createWait } from './create-wait.ts';
import { EmojiButton } from './emoji-button.tsx';
import { leftName } from './left-name.ts';
import { ReplyBar } from './reply-bar.tsx';
import { waitName } from './times.ts';
import { WhyReadOnly } from './why-read-only.tsx';

/** Characters left at which the counter shows. */
const COUNT_FROM = 300;

interface ComposerProps {
  readOnly?: JSX.Element;
  /** Files that go with the message, above the field. */
  files?: JSX.Element;
  /** At the field's left: what else can be sent. */
  add?: JSX.Element;
}

/** Where one writes. Enter sends; on a touch keyboard Enter is a new line and the button sends. */
export function Composer(props: ComposerProps) {
  const conversation = useConversation();
  const { room } = conversation;
  const { drafts } = useRooms();
  const files = useFiles();
  const begun = drafts.read(room.id);
  const writing = createWriting({ text: begun.text, picked: new Map(begun.picked) });
  const [quiet, setQuiet] = createSignal(begun.quiet === true);
  const [box, setBox] = createSignal<HTMLElement>();
  const wait = createWait();
  const hintId = createUniqueId();
  const isTouch = matchMedia('(hover: none) and (pointer: coarse)').matches;
  if (begun.replying !== undefined) conversation.setReplying(begun.replying);

  const left = () => MAX_MESSAGE_LENGTH - writing.wire().trim().length;
  const hasFiles = () => files.chosen(room.id).length > 0;
  const isWorth = () => (writing.text().trim() !== '' || hasFiles()) && left() >= 0;
  const canSend = () =>
    conversation.canWrite() &&
    isWorth() &&
    wait.slow() === 0 &&
    files.uploads()?.canGo(room.id) !== false;

  function keep(): void {
    const named = writing.named();
    const picked = [...stillPicked(named)];
    const replying = conversation.replying();
    drafts.write(room.id, { text: named.text, picked, replying, quiet: quiet() });
  }

  function wrote(): void {
    keep();
    if (writing.text().trim() !== '') room.typed();
  }

  function send(): void {
    if (!canSend()) return;
    const replyTo = conversation.replying()?.id;
    const answering = replyTo === undefined ? {} : { replyTo, quiet: quiet() };
    room.send(writing.wire(), { ...answering, files: files.take(room.id) });
    writing.replace({ text: '', picked: new Map() });
    conversation.setReplying(undefined);
    keep();
    writing.focus();
  }

  function insertEmoji(key: string): void {
    const own = conversation.emoji.usable(key);
    if (own === undefined) writing.insertWord(key);
    else writing.insertPick({ shown: [`:${own.name}:`], wire: emojiMark(own) });
  }

  function takeKey(event: KeyboardEvent): boolean {
    if (isShortcut(event, 'send') && !isTouch) {
      send();
      return true;
    }
    if (isShortcut(event, 'giveUp') && conversation.replying() !== undefined) {
      conversation.setReplying(undefined);
      return true;
    }
    if (isShortcut(event, 'editLast') && writing.text() === '') {
      const last = conversation.lastOwn();
      if (last !== undefined) conversation.startEdit(last.id);
      return last !== undefined;
    }
    return false;
  }

  function paste(event: ClipboardEvent): void {
    const pasted = filesIn(event.clipboardData);
    if (pasted.length === 0 || !conversation.canAttach()) return;
    event.preventDefault();
    event.stopPropagation();
    files.add(room.id, pasted);
  }

  /** What is too long for a message is short for a file. */
  function sendAsFile(): void {
    const text = writing.wire();
    files.add(room.id, [new File([text], t('composer.fileName'), { type: 'text/plain' })]);
    writing.replace({ text: '', picked: new Map() });
    keep();
    writing.focus();
  }

  /** Typing with nothing focused is meant for here. */
  function catchTyping(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
    if (event.key === ' ' || document.activeElement !== document.body) return;
    if (!event.defaultPrevented) writing.focus();
  }

  onMount(() => {
    if (!isTouch) writing.focus();
    addEventListener('keydown', catchTyping);
    onCleanup(() => removeEventListener('keydown', catchTyping));
  });
  createEffect(
    on(
      conversation.replying,
      (now, before) => {
        // Whom one answers is told, unless one says otherwise each time.
        if (now?.id !== before?.id) setQuiet(false);
        if (now !== undefined) writing.focus();
        keep();
      },
      { defer: true },
    ),
  );
  createEffect(
    on(
      conversation.editing,
      (now, before) => {
        if (now === undefined && before !== undefined && !isTouch) writing.focus();
      },
      { defer: true },
    ),
  );

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
          ref={setBox}
          class="rounded-large border border-line bg-raised transition-colors focus-within:border-third/50"
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
          // Before the field does, which takes what is pasted for text.
          on:paste={{ handleEvent: paste, capture: true }}
        >
          <ReplyBar
            quiet={quiet()}
            onQuiet={(next) => {
              setQuiet(next);
              keep();
              writing.focus();
            }}
            onClose={() => {
              conversation.setReplying(undefined);
              writing.focus();
            }}
          />
          {props.files}
          <div class="flex min-h-[50px] items-end gap-1 py-1.5 pr-2 pl-4">
            {props.add}
            <div class="flex min-w-0 flex-1 py-2">
              <WritingField
                writing={writing}
                anchor={box}
                onInput={wrote}
                onKey={takeKey}
                label={t('channel.placeholder', conversation.name())}
                placeholder={t('channel.placeholder', conversation.name())}
                describedBy={hintId}
              />
            </div>
            <Show when={left() <= COUNT_FROM}>
              <span
                aria-hidden="true"
                class="self-end px-1 pb-2.5 text-label tabular-nums"
                classList={{ 'text-danger-ink': left() < 0, 'text-third': left() >= 0 }}
                title={t('channel.left', left())}
              >
                {left()}
              </span>
            </Show>
            <EmojiButton onPick={insertEmoji} onClose={() => !isTouch && writing.focus()} />
            <button
              type="submit"
              aria-label={t('channel.send')}
              title={
                wait.slow() > 0
                  ? t('composer.sendIn', leftName(wait.slow() * 1000))
                  : t('channel.send')
              }
              disabled={!canSend()}
              class="touch-target grid size-[38px] shrink-0 place-items-center rounded-medium text-third transition enabled:text-brass-ink enabled:hover:bg-raised-more disabled:opacity-60"
            >
              <Show when={wait.slow() > 0} fallback={<SendHorizontal size={18} />}>
                <span
                  data-left={wait.slow() > 99 ? leftName(wait.slow() * 1000) : wait.slow()}
                  class="text-label font-bold text-second tabular-nums before:content-[attr(data-left)]"
                />
              </Show>
            </button>
          </div>
        </form>
        <Switch>
          <Match when={left() < 0}>
            <p class="px-1 pt-1 text-label text-danger-ink">
              {t('composer.tooLong', -left())}{' '}
              <Show when={conversation.canAttach()}>
                <button
                  type="button"
                  class="touch-target font-medium text-ink underline decoration-third underline-offset-2 hover:decoration-current"
                  onClick={sendAsFile}
                >
                  {t('composer.asFile')}
                </button>
              </Show>
            </p>
          </Match>
          <Match when={wait.flood() > 0}>
            <p class="px-1 pt-1 text-label text-danger-ink">
              {t('composer.flooding', leftName(wait.flood() * 1000))}
            </p>
          </Match>
          <Match when={wait.slowmode() > 0}>
            <p class="px-1 pt-1 text-label text-third">
              {wait.slow() > 0
                ? t('composer.sendIn', leftName(wait.slow() * 1000))
                : t('composer.slowmode', waitName(wait.slowmode()))}
            </p>
          </Match>
        </Switch>
        <span id={hintId} class="sr-only" aria-live="polite">
          {hint()}
        </span>
      </Show>
    </div>
  );

  /** What is read out: once, not at each second. */
  function hint(): string {
    if (left() < 0) return t('channel.left', left());
    if (wait.flood() > 0) return t('channel.rejected.flooding');
    return wait.slow() > 0 ? t('channel.rejected.slow_mode') : '';
  }
}
