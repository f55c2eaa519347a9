import { Check, Copy } from 'lucide-solid';
import { For, Show, createEffect, createSignal, onCleanup } from 'solid-js';
import { useToasts } from '../../design/toast.tsx';
import { m } from '../../strings/markup.ts';
import type { Piece } from './highlight.ts';
import { languageNamed } from './languages.ts';

const COPIED_MS = 2_000;

const TONES: Record<string, string> = {
  attr: 'text-brass-ink',
  attribute: 'text-brass-ink',
  built_in: 'text-brass-ink',
  comment: 'text-third italic',
  quote: 'text-third italic',
  keyword: 'font-medium text-brass-ink',
  literal: 'text-danger-ink',
  number: 'text-danger-ink',
  symbol: 'text-danger-ink',
  string: 'text-live-ink',
  regexp: 'text-live-ink',
  addition: 'text-live-ink',
  deletion: 'text-danger-ink',
  meta: 'text-second',
  section: 'font-bold text-ink',
  name: 'font-medium text-brass-ink',
  tag: 'text-second',
  title: 'font-bold text-ink',
  type: 'text-brass-ink',
  variable: 'text-ink',
};

/** Code as it was written, coloured where its language is known, with a button that takes it. */
export function CodeBlock(props: { text: string; language: string }) {
  const [pieces, setPieces] = createSignal<Piece[]>();
  // Messages are drawn while they are near the screen: code that nobody scrolls to costs nothing.
  createEffect(() => {
    const language = languageNamed(props.language);
    const { text } = props;
    if (language === undefined) return;
    let isCurrent = true;
    onCleanup(() => {
      isCurrent = false;
    });
    import('./highlight.ts')
      .then(({ highlight }) => highlight(language, text))
      .then((known) => void (isCurrent && setPieces(known)))
      .catch(() => {
        // Without its colours code is code.
      });
  });
  const label = () => (props.language === '' ? m('code') : m('codeIn', props.language));
  return (
    <div class="group/code relative my-1.5 max-w-[720px] overflow-hidden rounded-medium border border-line bg-side">
      <pre
        tabIndex={0}
        role="region"
        aria-label={label()}
        dir="ltr"
        class="max-h-[26rem] overflow-auto px-3.5 py-2.5 font-mono text-[0.8125rem] leading-[1.55] [overflow-wrap:normal] outline-offset-[-2px] [tab-size:4]"
      >
        <code>
          <Show when={pieces()} fallback={props.text}>
            {(known) => (
              <For each={known()}>
                {(piece) => (
                  <Show when={TONES[piece.scope ?? '']} fallback={<>{piece.text}</>}>
                    {(tone) => <span class={tone()}>{piece.text}</span>}
                  </Show>
                )}
              </For>
            )}
          </Show>
        </code>
      </pre>
      <CopyButton text={props.text} />
    </div>
  );
}

function CopyButton(props: { text: string }) {
  const toasts = useToasts();
  const [isCopied, setIsCopied] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(props.text);
      setIsCopied(true);
      clearTimeout(timer);
      timer = setTimeout(() => setIsCopied(false), COPIED_MS);
    } catch {
      // No clipboard outside of HTTPS and localhost, or it was refused.
      toasts.complain(m('copyFailed'));
    }
  };
  return (
    <button
      type="button"
      aria-label={isCopied() ? m('copied') : m('copyCode')}
      title={isCopied() ? m('copied') : m('copyCode')}
      class="touch-target absolute end-1.5 top-1.5 inline-grid size-7 place-items-center rounded-small border border-line bg-raised text-second opacity-0 transition group-focus-within/code:opacity-100 group-hover/code:opacity-100 hover:text-ink focus-visible:opacity-100 pointer-coarse:opacity-100"
      onClick={() => void copy()}
    >
      <Show when={isCopied()} fallback={<Copy size={14} aria-hidden="true" />}>
        <Check size={14} class="text-live-ink" aria-hidden="true" />
      </Show>
    </button>
  );
}
