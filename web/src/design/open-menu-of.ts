/** The menu of a row opens on the other mouse button, too. */
export function openMenuOf(event: MouseEvent & { currentTarget: HTMLElement }): void {
  const trigger = event.currentTarget.querySelector<HTMLElement>('[aria-haspopup]');
  if (trigger === null) return;
  event.preventDefault();
  trigger.focus();
  // Kobalte opens on the pointer, and a plain button on the click.
  trigger.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, button: 0 }));
  trigger.click();
}
