import { useLocation } from '@solidjs/router';
import {
  Match,
  Suspense,
  Switch,
  createEffect,
  createSignal,
  lazy,
  on,
  onCleanup,
  onMount,
} from 'solid-js';
import { createRecent } from '../switcher/recent.ts';
import { isShortcut } from './shortcuts.ts';

const Switcher = lazy(async () => ({
  default: (await import('../switcher/switcher.tsx')).Switcher,
}));
const KeysDialog = lazy(async () => ({ default: (await import('./keys-dialog.tsx')).KeysDialog }));

/** The keys that open something over the app, wherever the focus is. */
export function AppKeys() {
  const location = useLocation();
  const recent = createRecent(localStorage);
  const [open, setOpen] = createSignal<'switcher' | 'keys'>();
  const close = () => setOpen(undefined);

  function hear(event: KeyboardEvent): void {
    const asked = (['switcher', 'keys'] as const).find((name) => isShortcut(event, name));
    if (asked === undefined) return;
    // A dialog that asks something comes first.
    if (open() === undefined && document.querySelector('[role="dialog"][data-expanded]') !== null) {
      return;
    }
    event.preventDefault();
    setOpen(open() === asked ? undefined : asked);
  }

  onMount(() => document.addEventListener('keydown', hear));
  onCleanup(() => document.removeEventListener('keydown', hear));
  createEffect(on(() => location.pathname, recent.visit));

  return (
    <Suspense>
      <Switch>
        <Match when={open() === 'switcher'}>
          <Switcher recent={recent.paths()} onClose={close} />
        </Match>
        <Match when={open() === 'keys'}>
          <KeysDialog onClose={close} />
        </Match>
      </Switch>
    </Suspense>
  );
}
