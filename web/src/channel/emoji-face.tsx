import { Show } from 'solid-js';
import { CustomEmoji } from './markdown/custom-emoji.tsx';

/** Ids are digits only; no sequence of Unicode's is. */
const CUSTOM = /^\d{2,}$/;

/** An emoji as people see it, by the key that reactions carry. */
export function EmojiFace(props: { emoji: string; size: number }) {
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
      <Show when={CUSTOM.test(props.emoji)} fallback={props.emoji}>
        <CustomEmoji id={props.emoji} name="?" />
      </Show>
    </span>
  );
}
