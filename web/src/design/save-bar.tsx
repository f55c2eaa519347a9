import { useBeforeLeave } from '@solidjs/router';
import { Show, createSignal } from 'solid-js';
import { Button } from './button.tsx';
import { FormProblem } from '../login/entry-page.tsx';

interface SaveBarProps {
  /** Something was changed and not saved. */
  open: boolean;
  busy: boolean;
  /** A sentence: why the last attempt failed. */
  problem: string | undefined;
  words: { unsaved: string; discard: string; save: string };
  disabled?: boolean;
  onDiscard: () => void;
  onSave: () => void;
}

/** Says that there are changes, and stays in sight until they are saved or given up. */
export function SaveBar(props: SaveBarProps) {
  const [isPointedAt, setPointedAt] = createSignal(false);
  let bar: HTMLDivElement | undefined;
  // Nobody loses what they changed by a key or a click beside it.
  useBeforeLeave((leaving) => {
    if (!props.open || leaving.defaultPrevented) return;
    leaving.preventDefault();
    setPointedAt(true);
    setTimeout(() => setPointedAt(false), 1_200);
    bar?.querySelector<HTMLButtonElement>('button:last-of-type')?.focus();
  });
  return (
    <div class="pointer-events-none sticky bottom-4 z-20 mt-8" role="status">
      <Show when={props.open}>
        <div
          ref={(element) => (bar = element)}
          class="pointer-events-auto animate-rise rounded-large border bg-raised-more p-3 shadow-float transition-colors"
          classList={{ 'border-danger': isPointedAt(), 'border-line': !isPointedAt() }}
        >
          <FormProblem sentence={props.problem} />
          <div class="flex flex-wrap items-center justify-end gap-x-3 gap-y-2">
            <p class="min-w-40 flex-1 px-1.5 font-medium">{props.words.unsaved}</p>
            <Button look="bare" disabled={props.busy} onClick={() => props.onDiscard()}>
              {props.words.discard}
            </Button>
            <Button
              busy={props.busy}
              disabled={props.disabled === true}
              onClick={() => props.onSave()}
            >
              {props.words.save}
            </Button>
          </div>
        </div>
      </Show>
    </div>
  );
}
