import type { Me } from '@harmonium/api/user';
import { createContext, onCleanup, onMount, useContext } from 'solid-js';
import type { JSX } from 'solid-js';
import { useSession } from '../session-context.tsx';
import { createRooms } from './create-rooms.ts';
import type { Rooms } from './create-rooms.ts';
import { watchIdleness } from './idleness.ts';
import { createIndexedOutbox } from './indexed-outbox.ts';
import { inheritedOutbox } from './inherited-outbox.ts';
import { createMetronome } from './metronome.ts';
import { createOutbox } from './outbox.ts';
import { createTabs } from './tabs.ts';

/** Browsers have none on a page that came without TLS, whatever their types say. */
function lockManager(): LockManager | undefined {
  return 'locks' in navigator ? navigator.locks : undefined;
}

const RoomsContext = createContext<Rooms>();

/** Holds every socket of a logged-in user; goes inside of what is shown only to them. */
export function RoomsProvider(props: { children: JSX.Element }) {
  const session = useSession();
  const metronome = createMetronome();
  let me: Me | undefined;
  const outboxName = `harmonium.outbox.${knownUser().id}`;
  const rooms = createRooms({
    call: session.call,
    me: knownUser,
    storage: localStorage,
    outbox: createOutbox({
      store: createIndexedOutbox(outboxName),
      tabs: createTabs({ locks: lockManager(), channel: outboxName }),
      inherited: inheritedOutbox(localStorage, knownUser().id),
    }),
    now: Date.now,
    random: Math.random,
    everyBeat: metronome.listen,
    // The refresh that fails is what logs this page out.
    onSessionRevoked: () => void session.resume(),
    loadDirect: async () => (await import('../direct/create-direct.ts')).createDirect,
    onMeUpdated: () => void session.reload(),
  });

  // While the session ends, what is still on the screen keeps its user.
  function knownUser(): Me {
    const user = session.user() ?? me;
    if (user === undefined) throw new Error('RoomsProvider is shown to nobody');
    me = user;
    return user;
  }

  onMount(() => {
    const idleness = watchIdleness({ now: Date.now, onChange: rooms.setIdle });
    const stopChecking = metronome.listen(idleness.check);
    onCleanup(() => {
      stopChecking();
      idleness.stop();
    });
    const goOffline = (): void => rooms.setOffline(true);
    const goOnline = (): void => rooms.setOffline(false);
    // Nothing is heard of the page after this: what was read just now is told before.
    const leave = (): void => rooms.unread.flush();
    const look = (): void => {
      if (document.visibilityState === 'visible') rooms.wake();
      else leave();
    };
    addEventListener('offline', goOffline);
    addEventListener('online', goOnline);
    addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', look);
    onCleanup(() => {
      removeEventListener('offline', goOffline);
      removeEventListener('online', goOnline);
      removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', look);
    });
  });
  onCleanup(() => {
    rooms.close();
    metronome.stop();
  });

  return <RoomsContext.Provider value={rooms}>{props.children}</RoomsContext.Provider>;
}

export function useRooms(): Rooms {
  const rooms = useContext(RoomsContext);
  if (rooms === undefined) throw new Error('useRooms is called outside of RoomsProvider');
  return rooms;
}
