/** Shows what floats where there is room for it, in the window. */
export function moveTo(box: HTMLElement, { x, y }: { x: number; y: number }): void {
  box.style.translate = `${x}px ${y}px`;
  box.style.visibility = 'visible';
}
