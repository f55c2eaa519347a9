import { createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { VoiceSettings } from './voice-settings.ts';

/** Held while somebody writes, these would write. */
const TYPES =
  /^(Key|Digit|Numpad|Space|Enter|Backspace|Tab|Minus|Equal|Bracket|Semicolon|Quote|Backquote|Backslash|Slash|Comma|Period|Arrow)/;

/** Whether the key to talk is held, and a little after it is let go; while the page has the focus. */
export function createPushToTalk(
  settings: () => Pick<VoiceSettings, 'inputMode' | 'pushKey' | 'releaseMs'>,
) {
  const [isHeld, setHeld] = createSignal(false);
  let releasing: ReturnType<typeof setTimeout> | undefined;

  function press(): void {
    clearTimeout(releasing);
    setHeld(true);
  }

  function release(): void {
    clearTimeout(releasing);
    releasing = setTimeout(() => setHeld(false), settings().releaseMs);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.code !== settings().pushKey || isWriting(event)) return;
    // Keys like F9 or Alt would open something of the browser's.
    event.preventDefault();
    if (!event.repeat) press();
  }

  function onKeyUp(event: KeyboardEvent): void {
    if (event.code === settings().pushKey && isHeld()) release();
  }

  createEffect(
    on(
      () => settings().inputMode,
      (mode) => {
        if (mode !== 'push') return;
        addEventListener('keydown', onKeyDown);
        addEventListener('keyup', onKeyUp);
        // Keys let go elsewhere are never heard of.
        addEventListener('blur', release);
        onCleanup(() => {
          removeEventListener('keydown', onKeyDown);
          removeEventListener('keyup', onKeyUp);
          removeEventListener('blur', release);
          clearTimeout(releasing);
          setHeld(false);
        });
      },
    ),
  );
  return { isHeld, press, release };
}

function isWriting(event: KeyboardEvent): boolean {
  if (!TYPES.test(event.code) || event.ctrlKey || event.metaKey || event.altKey) return false;
  const { target } = event;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select'))
  );
}
