import { Show } from 'solid-js';
import { useNames } from './names.ts';

/** One of a server's own emoji; its name where it is not known. */
export function CustomEmoji(props: { id: string; name: string }) {
  const names = useNames();
  const name = () => `:${props.name}:`;
  return (
    <Show when={names.emoji(props.id)} fallback={<span class="text-message">{name()}</span>}>
      {(address) => (
        <img
          src={address()}
          alt={name()}
          title={name()}
          loading="lazy"
          draggable={false}
          class="inline-block size-[1.4em] object-contain align-[-0.3em]"
        />
      )}
    </Show>
  );
}
