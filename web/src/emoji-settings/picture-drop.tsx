import { createSignal, onCleanup, onMount } from 'solid-js';
import { Button } from '../design/button.tsx';
import { t } from '../strings/server-settings.ts';
import { MAX_EMOJIS, TYPES } from './create-additions.ts';

interface PictureDropProps {
  count: number;
  onFiles: (files: readonly File[]) => void;
}

/** Where pictures become emoji: picked, several at once, dropped or pasted. */
export function PictureDrop(props: PictureDropProps) {
  const [isOver, setOver] = createSignal(false);
  let picker: HTMLInputElement | undefined;

  function take(files: FileList | undefined | null): boolean {
    const all = [...(files ?? [])];
    if (all.length > 0) props.onFiles(all);
    return all.length > 0;
  }

  const paste = (event: ClipboardEvent): void => {
    if (take(event.clipboardData?.files)) event.preventDefault();
  };
  onMount(() => document.addEventListener('paste', paste));
  onCleanup(() => document.removeEventListener('paste', paste));

  return (
    <section
      aria-label={t('emojiSettings.pictures')}
      class="flex items-center gap-x-5 gap-y-3 rounded-large border border-transparent bg-side p-5 transition-colors max-tablet:flex-wrap"
      classList={{ '!border-brass !bg-brass-wash': isOver() }}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <Button class="shrink-0" disabled={props.count >= MAX_EMOJIS} onClick={() => picker?.click()}>
        {t('emojiSettings.add')}
      </Button>
      <p class="min-w-0 flex-1 text-label text-pretty text-third max-tablet:order-last max-tablet:basis-full">
        {isOver() ? t('emojiSettings.dropHere') : t('emojiSettings.hint')}
      </p>
      <p class="shrink-0 text-label text-second tabular-nums max-tablet:ml-auto">
        {t('emojiSettings.count', props.count, MAX_EMOJIS)}
      </p>
      <input
        ref={(element) => (picker = element)}
        type="file"
        multiple
        accept={TYPES.join(',')}
        class="sr-only"
        tabIndex={-1}
        aria-label={t('emojiSettings.pictures')}
        onChange={(event) => {
          take(event.currentTarget.files);
          // The same files chosen again are a choice, too.
          event.currentTarget.value = '';
        }}
      />
    </section>
  );
}
