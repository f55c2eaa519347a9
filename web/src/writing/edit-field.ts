import type { Edit } from './format.ts';

/** Changes what is in a field so that it can be undone like what was typed. */
export function editField(field: HTMLTextAreaElement, { from, to, text, select }: Edit): void {
  field.focus({ preventScroll: true });
  field.setSelectionRange(from, to);
  // The one way that browsers offer to do so.
  const isDone = document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
  if (!isDone) {
    field.setRangeText(text, from, to, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
  field.setSelectionRange(...select);
}
