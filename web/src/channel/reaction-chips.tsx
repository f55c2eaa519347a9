import type { Message, Reaction } from '@harmonium/api/message';
import SmilePlus from 'lucide-solid/icons/face-slightly-smiling-plus';
import { For, Show, createSignal, onCleanup } from 'solid-js';
import { late } from '../design/late.tsx';
import { t } from '../strings/strings.ts';
import { useConversation } from './conversation.tsx';
import { EmojiFace } from './emoji-face.tsx';

export const Reactors = late(async () => (await import('./reactors.tsx')).Reactors);

/** Who it was shows once the pointer stays, in milliseconds. */
const ASK_AFTER_MS = 350;

/** The emoji on a message; a click puts one's own beside them, or takes it away. */
export function ReactionChips(props: { message: Message }) {
  const conversation = useConversation();
  const reactions = () => conversation.room.reactions.of(props.message);
  return (
    <Show when={reactions().length > 0}>
      <ul aria-label={t('channel.reactions')} class="mt-1 flex flex-wrap gap-1 pb-0.5">
        {/* By emoji: a count that changes is not another chip. */}
        <For each={reactions().map((reaction) => reaction.emoji)}>
          {(emoji) => (
            <Show when={reactions().find((reaction) => reaction.emoji === emoji)}>
              {(reaction) => <Chip message={props.message} reaction={reaction()} />}
            </Show>
          )}
        </For>
        <Show when={conversation.canReact()}>
          <li>
            <button
              type="button"
              tabindex={conversation.list.isPointed(props.message.id) ? 0 : -1}
              aria-label={t('channel.addReaction')}
              title={t('channel.addReaction')}
              class="touch-target grid h-7 w-9 place-items-center rounded-medium text-third opacity-0 transition group-focus-within/line:opacity-100 group-hover/line:opacity-100 hover:bg-raised-more hover:text-ink pointer-coarse:opacity-100"
              onClick={(event) =>
                conversation.list.ask({
                  about: 'emoji',
                  message: props.message,
                  at: event.currentTarget.getBoundingClientRect(),
                })
              }
            >
              <SmilePlus size={16} />
            </button>
          </li>
        </Show>
      </ul>
    </Show>
  );
}

function Chip(props: { message: Message; reaction: Reaction }) {
  const conversation = useConversation();
  const [anchor, setAnchor] = createSignal<HTMLElement>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hide = (): void => {
    clearTimeout(timer);
    setAnchor(undefined);
  };
  const show = (on: HTMLElement): void => {
    clearTimeout(timer);
    timer = setTimeout(() => setAnchor(on), ASK_AFTER_MS);
  };
  onCleanup(hide);
  const stop = () => (conversation.list.isPointed(props.message.id) ? 0 : -1);
  return (
    <li
      onPointerEnter={(event) => event.pointerType === 'mouse' && show(event.currentTarget)}
      onPointerLeave={hide}
      onFocusIn={(event) => event.target.matches(':focus-visible') && show(event.currentTarget)}
      onFocusOut={hide}
    >
      <button
        type="button"
        tabindex={stop()}
        aria-pressed={props.reaction.me}
        aria-label={t(
          'channel.reaction',
          conversation.emoji.nameOf(props.reaction.emoji),
          props.reaction.count,
        )}
        disabled={!props.reaction.me && !conversation.canReact()}
        class="touch-target flex h-7 items-center gap-1.5 rounded-medium border px-2 transition active:enabled:scale-95 disabled:opacity-100"
        classList={{
          'border-brass/60 bg-brass-wash text-brass-ink': props.reaction.me,
          'border-transparent bg-raised text-second enabled:hover:border-third/40':
            !props.reaction.me,
        }}
        onClick={() =>
          void conversation.react(props.message, props.reaction.emoji, !props.reaction.me)
        }
      >
        <EmojiFace emoji={props.reaction.emoji} size={16} />
        <span class="text-label font-medium tabular-nums">{props.reaction.count}</span>
      </button>
      <Show when={anchor()}>
        {(on) => <Reactors message={props.message} reaction={props.reaction} anchor={on()} />}
      </Show>
    </li>
  );
}
