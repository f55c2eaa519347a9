import { For, Show, createSignal } from 'solid-js';
import { t } from '../strings/emoji.ts';

const HANDS = ['✋', '✋🏻', '✋🏼', '✋🏽', '✋🏾', '✋🏿'];

/** In which skin tone hands and people are offered. */
export function ToneChoice(props: { tone: number; onChoose: (tone: number) => void }) {
  const [isOpen, setOpen] = createSignal(false);
  let button: HTMLButtonElement | undefined;

  function choose(tone: number): void {
    props.onChoose(tone);
    setOpen(false);
    button?.focus();
  }

  return (
    <div
      class="relative"
      onFocusOut={(event) => {
        const to = event.relatedTarget;
        if (!(to instanceof Node) || !event.currentTarget.contains(to)) setOpen(false);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen()) return;
        event.preventDefault();
        event.stopPropagation();
        setOpen(false);
        button?.focus();
      }}
    >
      <button
        ref={(element) => (button = element)}
        type="button"
        aria-haspopup="true"
        aria-expanded={isOpen()}
        aria-label={`${t('emoji.tone')}: ${t('emoji.tones')[props.tone]}`}
        title={t('emoji.tone')}
        class="grid size-9 place-items-center rounded-medium font-emoji text-[20px] leading-none transition hover:bg-raised-more pointer-coarse:size-11"
        onClick={() => setOpen(!isOpen())}
      >
        {HANDS[props.tone]}
      </button>
      <Show when={isOpen()}>
        <div
          role="group"
          aria-label={t('emoji.tone')}
          class="absolute top-full right-0 z-10 mt-1 flex animate-appear gap-0.5 rounded-medium border border-line bg-raised p-1 shadow-float"
        >
          <For each={HANDS}>
            {(hand, tone) => (
              <button
                type="button"
                aria-label={t('emoji.tones')[tone()]}
                aria-pressed={props.tone === tone()}
                class="grid size-9 place-items-center rounded-small font-emoji text-[20px] leading-none transition hover:bg-raised-more aria-pressed:bg-raised-more pointer-coarse:size-11"
                onClick={() => choose(tone())}
              >
                {hand}
              </button>
            )}
          </For>
        </div>
      </Show>
    </div>
  );
}
