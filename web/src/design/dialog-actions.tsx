import type { JSX } from 'solid-js';

/** The foot of a dialog: the way on at the end, the way back before it. */
export function DialogActions(props: { children: JSX.Element }) {
  return (
    <div class="mt-6 flex flex-col-reverse gap-3 tablet:flex-row tablet:justify-end">
      {props.children}
    </div>
  );
}
