import { computePosition, flip, offset, shift } from '@floating-ui/dom';
import Bold from 'lucide-solid/icons/bold';
import Code from 'lucide-solid/icons/code';
import EyeOff from 'lucide-solid/icons/eye-off';
import Italic from 'lucide-solid/icons/italic';
import Link from 'lucide-solid/icons/link';
import Strikethrough from 'lucide-solid/icons/strikethrough';
import TextQuote from 'lucide-solid/icons/text-quote';
import { For, createEffect } from 'solid-js';
import { Dynamic, Portal } from 'solid-js/web';
import { shortcutName } from '../keys/shortcuts.ts';
import { t } from '../strings/writing.ts';
import type { Format } from './format.ts';
import { moveTo } from './move-to.ts';

const BUTTONS = [
  { kind: 'bold', icon: Bold },
  { kind: 'italic', icon: Italic },
  { kind: 'strike', icon: Strikethrough },
  { kind: 'code', icon: Code },
  { kind: 'spoiler', icon: EyeOff },
  { kind: 'quote', icon: TextQuote },
  { kind: 'link', icon: Link },
] as const;

const KEYS = { bold: 'bold', italic: 'italic', strike: 'strike', code: 'code' } as const;

interface FormatBarProps {
  /** Where what is selected stands, in the window. */
  at: DOMRect;
  onFormat: (format: Format) => void;
}

/** What can be done with what is selected; the field keeps the focus. */
export function FormatBar(props: FormatBarProps) {
  let bar: HTMLDivElement | undefined;
  createEffect(() => {
    const { at } = props;
    if (bar === undefined) return;
    const box = bar;
    void computePosition({ getBoundingClientRect: () => at }, box, {
      placement: 'top',
      strategy: 'fixed',
      middleware: [offset(8), flip(), shift({ padding: 8 })],
    }).then((to) => moveTo(box, to));
  });
  const label = (kind: Format): string => {
    const key = kind in KEYS ? KEYS[kind as keyof typeof KEYS] : undefined; // Just looked.
    return key === undefined
      ? t(`writing.${kind}`)
      : `${t(`writing.${kind}`)} (${shortcutName(key)})`;
  };
  return (
    <Portal>
      <div
        ref={(element) => (bar = element)}
        role="toolbar"
        aria-label={t('writing.format')}
        class="fixed top-0 left-0 z-40 flex animate-appear gap-0.5 rounded-medium border border-line bg-raised p-1 shadow-float"
        style={{ visibility: 'hidden' }}
        onPointerDown={(event) => event.preventDefault()}
      >
        <For each={BUTTONS}>
          {({ kind, icon }) => (
            <button
              type="button"
              tabIndex={-1}
              aria-label={t(`writing.${kind}`)}
              title={label(kind)}
              class="grid size-8 place-items-center rounded-small text-second transition hover:bg-raised-more hover:text-ink pointer-coarse:size-11"
              onClick={() => props.onFormat(kind)}
            >
              <Dynamic component={icon} size={16} />
            </button>
          )}
        </For>
      </div>
    </Portal>
  );
}
