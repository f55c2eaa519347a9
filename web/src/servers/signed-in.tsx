import type { RouteSectionProps } from '@solidjs/router';
import { Match, Show, Suspense, Switch, createSignal, onCleanup } from 'solid-js';
import { late } from '../design/late.tsx';
import { FilesProvider } from '../files/files-provider.tsx';
import { SignedOut } from '../login/signed-out.tsx';
import { Splash } from '../login/splash.tsx';
import { Unreachable } from '../login/unreachable.tsx';
import { RoomsProvider } from '../room/rooms.tsx';
import { useSession } from '../session-context.tsx';
import { VoiceProvider } from '../voice/voice.tsx';

const Notifier = late(async () => (await import('../unread/notifying/notifier.tsx')).Notifier);
/** Until then the page has more urgent things to load, in milliseconds. */
const NOTIFY_AFTER_MS = 1_500;

function NotifierLater() {
  const [isTime, setTime] = createSignal(false);
  const timer = setTimeout(() => setTime(true), NOTIFY_AFTER_MS);
  onCleanup(() => clearTimeout(timer));
  return (
    <Show when={isTime()}>
      <Notifier />
    </Show>
  );
}

/** Everything that only a logged-in user sees; sockets and calls live as long as this does. */
export function SignedIn(props: RouteSectionProps) {
  const session = useSession();
  const unreachable = () => {
    const state = session.state();
    return state.status === 'unreachable' ? state.problem : undefined;
  };
  return (
    <Switch fallback={<Splash />}>
      <Match when={session.state().status === 'out'}>
        <SignedOut />
      </Match>
      <Match when={unreachable()}>{(problem) => <Unreachable problem={problem()} />}</Match>
      {/* Another account means other sockets: nothing of the one before may stay. */}
      <Match when={session.user()?.id} keyed>
        <RoomsProvider>
          <VoiceProvider>
            <NotifierLater />
            <FilesProvider>
              <Suspense fallback={<Splash />}>{props.children}</Suspense>
            </FilesProvider>
          </VoiceProvider>
        </RoomsProvider>
      </Match>
    </Switch>
  );
}
