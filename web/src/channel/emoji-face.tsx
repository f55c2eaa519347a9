import CircleQuestionMark from 'lucide-solid/icons/circle-question-mark';
import { Show } from 'solid-js';
import { EmojiPicture } from '../emoji/emoji-picture.tsx';
import { isOwn } from '../emoji/own-emoji.ts';
import { useConversation } from './conversation.tsx';

/** An emoji as people see it, by the key that reactions carry; a question where nobody knows it. */
export function EmojiFace(props: { emoji: string; size: number }) {
  const conversation = useConversation();
  return (
    <span
      aria-hidden="true"
      class="grid place-items-center font-emoji leading-none"
      style={{
        width: `${props.size + 2}px`,
        height: `${props.size + 2}px`,
        'font-size': `${props.size}px`,
      }}
    >
      <Show when={isOwn(props.emoji)} fallback={props.emoji}>
        <Show
          when={conversation.emoji.find(props.emoji)}
          fallback={<CircleQuestionMark size={props.size} class="text-third" />}
        >
          {(emoji) => <EmojiPicture emoji={emoji()} class="size-full" />}
        </Show>
      </Show>
    </span>
  );
}
