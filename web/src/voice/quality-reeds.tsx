import { For } from 'solid-js';
import { t } from '../strings/strings.ts';

const HEIGHTS = [5, 8, 12, 16];

/** Connection quality as reeds of rising height, of which as many sound as it is good. */
export function QualityReeds(props: { quality: number }) {
  return (
    <svg
      role="img"
      aria-label={t('voice.quality', props.quality)}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="currentColor"
      class="shrink-0"
      classList={{
        'text-live-ink': props.quality >= 3,
        'text-brass-ink': props.quality < 3 && props.quality > 0,
        'text-third': props.quality === 0,
      }}
    >
      <For each={HEIGHTS}>
        {(height, index) => (
          <rect
            x={index() * 4.2}
            y={16 - height}
            width="3"
            height={height}
            rx="1.5"
            opacity={props.quality === 0 || index() < props.quality ? 1 : 0.3}
          />
        )}
      </For>
    </svg>
  );
}
