import { useBeforeLeave } from '@solidjs/router';
import type { BeforeLeaveEventArgs } from '@solidjs/router';
import { Show, createSignal, onCleanup, onMount } from 'solid-js';
import { Button } from './button.tsx';
import { DialogActions } from './dialog-actions.tsx';
import { Dialog } from './dialog.tsx';

interface LeaveGuardProps {
  /** Something would be lost. */
  when: boolean;
  words: { title: string; sentence: string; stay: string; leave: string };
  /** Called when it is given up. */
  onGiveUp?: () => void;
}

/** Asks before changes that are not saved are left behind. */
export function LeaveGuard(props: LeaveGuardProps) {
  const [held, setHeld] = createSignal<BeforeLeaveEventArgs>();
  useBeforeLeave((leaving) => {
    if (!props.when || leaving.defaultPrevented) return;
    leaving.preventDefault();
    // Escape that closes this dialog is heard by the page, too, and must not open it again.
    setTimeout(() => setHeld(leaving));
  });
  const warn = (event: BeforeUnloadEvent): void => {
    if (props.when) event.preventDefault();
  };
  onMount(() => addEventListener('beforeunload', warn));
  onCleanup(() => removeEventListener('beforeunload', warn));

  return (
    <Show when={held()}>
      {(leaving) => (
        <Dialog
          open
          onClose={() => setHeld(undefined)}
          title={props.words.title}
          sentence={props.words.sentence}
        >
          <DialogActions>
            <Button look="bare" data-focus-first onClick={() => setHeld(undefined)}>
              {props.words.stay}
            </Button>
            <Button
              look="danger"
              onClick={() => {
                const { retry } = leaving();
                setHeld(undefined);
                props.onGiveUp?.();
                retry(true);
              }}
            >
              {props.words.leave}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </Show>
  );
}
