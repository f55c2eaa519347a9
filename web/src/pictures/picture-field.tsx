import { Show, createSignal, onCleanup, onMount } from 'solid-js';
import type { JSX } from 'solid-js';
import { Button } from '../design/button.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { formProblem } from '../problems.ts';
import { t } from '../strings/pictures.ts';
import { createSubmission } from '../submission.ts';
import { PictureDialog } from './picture-dialog.tsx';

/** What is taken and how much of it (see IMAGE_UPLOAD, which would bring zod). */
const TYPES = 'image/png,image/jpeg,image/webp,image/gif,image/avif';
const MAX_BYTES = 8 * 1024 * 1024;

interface PictureFieldProps {
  label: string;
  /** There is a picture to remove. */
  isSet: boolean;
  round?: boolean;
  upload: (picture: Blob) => Promise<void>;
  remove: () => Promise<void>;
  /** The picture as it is now. */
  children: JSX.Element;
}

/** A picture of one's own: picked, dropped or pasted, cut to a square, sent; or removed. */
export function PictureField(props: PictureFieldProps) {
  const [chosen, setChosen] = createSignal<Blob>();
  const [isOver, setOver] = createSignal(false);
  const [refusal, setRefusal] = createSignal<string>();
  const removing = createSubmission();
  let picker: HTMLInputElement | undefined;

  function take(files: FileList | undefined | null): boolean {
    const file = [...(files ?? [])].find(({ type }) => type.startsWith('image/'));
    if (file === undefined) return false;
    const isTooBig = file.size > MAX_BYTES;
    setRefusal(isTooBig ? t('pictures.tooBig') : undefined);
    if (!isTooBig) setChosen(file);
    return true;
  }

  const paste = (event: ClipboardEvent): void => {
    if (chosen() === undefined && take(event.clipboardData?.files)) event.preventDefault();
  };
  onMount(() => document.addEventListener('paste', paste));
  onCleanup(() => document.removeEventListener('paste', paste));

  return (
    <section aria-label={props.label}>
      <FormProblem sentence={refusal() ?? formProblem(removing.problem())} />
      <div
        class="flex items-center gap-5 rounded-large border border-transparent bg-side p-5 transition-colors max-tablet:flex-wrap"
        classList={{ '!border-brass !bg-brass-wash': isOver() }}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          if (!take(event.dataTransfer?.files)) setRefusal(t('pictures.unreadable'));
        }}
      >
        {props.children}
        <div class="min-w-0 flex-1">
          <div class="flex flex-wrap gap-2">
            <Button look="quiet" onClick={() => picker?.click()}>
              {props.isSet ? t('pictures.change') : t('pictures.choose')}
            </Button>
            <Show when={props.isSet}>
              <Button
                look="bare"
                busy={removing.busy()}
                onClick={() => void removing.run(() => props.remove())}
              >
                {t('pictures.remove')}
              </Button>
            </Show>
          </div>
          <p class="mt-2 text-label text-third">
            {isOver() ? t('pictures.dropHere') : t('pictures.hint')}
          </p>
        </div>
        <input
          ref={(element) => (picker = element)}
          type="file"
          accept={TYPES}
          class="sr-only"
          tabIndex={-1}
          aria-label={props.label}
          onChange={(event) => {
            take(event.currentTarget.files);
            // The same file chosen again is a choice, too.
            event.currentTarget.value = '';
          }}
        />
      </div>
      <Show when={chosen()} keyed>
        {(file) => (
          <PictureDialog
            file={file}
            round={props.round === true}
            upload={props.upload}
            onClose={() => setChosen(undefined)}
          />
        )}
      </Show>
    </section>
  );
}
