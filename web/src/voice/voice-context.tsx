import {
  createContext,
  createEffect,
  createSignal,
  on,
  onCleanup,
  onMount,
  useContext,
} from 'solid-js';
import type { JSX } from 'solid-js';
import { createBackoff } from '../room/backoff.ts';
import { useRooms } from '../room/rooms.tsx';
import { useApi } from '../session-context.tsx';
import { Call } from './call.ts';
import type { CallState } from './call.ts';
import { createDevices } from './devices.ts';
import { openMicrophone } from './microphone.ts';
import { openSignalling } from './signalling.ts';

/** The call one is in, or was in when it failed. */
export interface CallView extends CallState {
  /** Undefined: the call of a direct conversation. */
  serverId: string | undefined;
}

type Voice = ReturnType<typeof createVoice>;

const loadEngine = () => import('./engine.ts');

function createVoice() {
  const api = useApi();
  const rooms = useRooms();
  const devices = createDevices(localStorage);
  const [view, setView] = createSignal<CallView>();
  /** Outlives a call: who was muted joins muted. */
  const [habit, setHabit] = createSignal({ muted: false, deafened: false });
  let call: Call | undefined;

  async function join(serverId: string | undefined, channelId: string): Promise<void> {
    const current = view();
    if (current?.channelId === channelId && current.phase !== 'failed') return;
    leave();
    const joined = new Call(
      { channelId, ...habit() },
      {
        ticket: (id) => api('POST /api/channels/:id/voice', { params: { id } }),
        signal: openSignalling,
        startMedia: async (start) => (await loadEngine()).startMedia(start),
        microphone: () => openMicrophone(devices.preferences().microphone),
        speaker: () => devices.preferences().speaker,
        backoff: createBackoff({ minMs: 300, maxMs: 5_000, random: Math.random }),
        onChange: (state) => {
          if (call === joined) setView({ ...state, serverId });
        },
      },
    );
    call = joined;
    // Loads while the ticket is fetched and the microphone opens.
    loadEngine().catch(() => {
      // The call asks for it again and says what is wrong.
    });
    await joined.start();
  }

  function leave(): void {
    const left = call;
    call = undefined;
    left?.leave();
    setView(undefined);
  }

  function setHabits(next: { muted: boolean; deafened: boolean }): void {
    setHabit(next);
    if (call === undefined) return;
    if (call.state.deafened !== next.deafened) call.setDeafened(next.deafened);
    if (call.state.muted !== next.muted) call.setMuted(next.muted);
  }

  createEffect(
    on(
      () => devices.preferences().microphone,
      () => void call?.changeMicrophone(),
      { defer: true },
    ),
  );
  createEffect(
    on(
      () => devices.preferences().speaker,
      () => call?.changeSpeaker(),
      { defer: true },
    ),
  );
  // What brought the rooms back brings the call back too: no need to sit out its own wait.
  createEffect(() => {
    if (rooms.connection() === 'connected') call?.handleNetworkChange();
  });
  onMount(() => {
    const check = (): void => call?.handleNetworkChange();
    addEventListener('online', check);
    addEventListener('offline', check);
    addEventListener('pagehide', leave);
    onCleanup(() => {
      removeEventListener('online', check);
      removeEventListener('offline', check);
      removeEventListener('pagehide', leave);
      leave();
    });
  });

  return {
    call: view,
    muted: () => habit().muted,
    deafened: () => habit().deafened,
    join,
    leave,
    toggleMute(): void {
      const { muted, deafened } = habit();
      // Deaf people are silent too: the microphone's button brings both back.
      if (deafened) setHabits({ muted: false, deafened: false });
      else setHabits({ muted: !muted, deafened: false });
    },
    toggleDeafen(): void {
      setHabits({ muted: habit().muted, deafened: !habit().deafened });
    },
    /** From a click: plays what the browser held back. */
    playBlocked: () => call?.playBlocked(),
    retryMicrophone: () => void call?.changeMicrophone(),
    rejoin: () => void call?.start(),
    /** Loads what a call needs, when somebody is about to join one. */
    prepare(): void {
      loadEngine().catch(() => {
        // It is asked for again at the join.
      });
    },
    devices,
  };
}

const VoiceContext = createContext<Voice>();

/** Holds the call: it goes on while one looks at other channels. */
export function VoiceProvider(props: { children: JSX.Element }) {
  return <VoiceContext.Provider value={createVoice()}>{props.children}</VoiceContext.Provider>;
}

export function useVoice(): Voice {
  const voice = useContext(VoiceContext);
  if (voice === undefined) throw new Error('useVoice is called outside of VoiceProvider');
  return voice;
}
