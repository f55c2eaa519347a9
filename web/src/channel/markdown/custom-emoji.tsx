import { Show } from 'solid-js';
import { EmojiPicture } from '../../emoji/emoji-picture.tsx';
import { useNames } from './names.ts';

/** One of a server's own emoji; its name where it is not known. */
export function CustomEmoji(props: { id: string; name: string }) {
  const names = useNames();
  return (
    <Show
      when={names.emoji(props.id)}
      fallback={<span class="text-message">{`:${props.name}:`}</span>}
    >
      {(emoji) => (
        <EmojiPicture
          emoji={emoji()}
          label={`:${emoji().name}:`}
          class="size-[1.4em] align-[-0.3em]"
        />
      )}
    </Show>
  );
}
