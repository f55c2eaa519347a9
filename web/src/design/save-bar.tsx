import { Show } from 'solid-js';
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
  return (
    <div class="pointer-events-none sticky bottom-4 z-20 mt-8" role="status">
      <Show when={props.open}>
        <div class="pointer-events-auto animate-rise rounded-large border border-line bg-raised-more p-3 shadow-float">
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
