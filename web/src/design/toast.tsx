import CircleAlert from 'lucide-solid/icons/circle-alert';
import { For, Show, createContext, createSignal, onCleanup, useContext } from 'solid-js';
import type { JSX } from 'solid-js';

interface Toast {
  id: number;
  sentence: string;
  kind: 'note' | 'problem';
}

interface Toasts {
  say(sentence: string): void;
  complain(sentence: string): void;
}

const ToastContext = createContext<Toasts>();
const SHOWN_MS = 5_000;

export function ToastProvider(props: { children: JSX.Element }) {
  const [toasts, setToasts] = createSignal<readonly Toast[]>([]);
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let last = 0;

  function show(sentence: string, kind: Toast['kind']): void {
    const id = ++last;
    setToasts((shown) => [
      ...shown.filter((toast) => toast.sentence !== sentence),
      { id, sentence, kind },
    ]);
    const timer = setTimeout(() => {
      timers.delete(timer);
      setToasts((shown) => shown.filter((toast) => toast.id !== id));
    }, SHOWN_MS);
    timers.add(timer);
  }
  onCleanup(() => timers.forEach(clearTimeout));

  const value: Toasts = {
    say: (sentence) => show(sentence, 'note'),
    complain: (sentence) => show(sentence, 'problem'),
  };
  return (
    <ToastContext.Provider value={value}>
      {props.children}
      <div
        role="status"
        class="pb-safe pointer-events-none fixed inset-x-0 bottom-6 z-50 flex flex-col items-center gap-2 px-4"
      >
        <For each={toasts()}>
          {(toast) => (
            <p class="pointer-events-auto flex max-w-md animate-rise items-center gap-3 rounded-medium border border-line bg-raised-more px-4 py-3 shadow-float">
              <Show when={toast.kind === 'problem'}>
                <CircleAlert size={18} class="shrink-0 text-danger-ink" />
              </Show>
              {toast.sentence}
            </p>
          )}
        </For>
      </div>
    </ToastContext.Provider>
  );
}

/** Short notes at the foot of the page. */
export function useToasts(): Toasts {
  const toasts = useContext(ToastContext);
  if (toasts === undefined) throw new Error('useToasts is called outside of ToastProvider');
  return toasts;
}
