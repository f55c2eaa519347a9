import {
  createContext,
  createEffect,
  createMemo,
  createSignal,
  getOwner,
  on,
  onCleanup,
  onMount,
  runWithOwner,
  useContext,
} from 'solid-js';
import type { JSX } from 'solid-js';
import { createBackoff } from '../room/backoff.ts';
import { useRooms } from '../room/rooms.tsx';
import { useToasts } from '../design/toast.tsx';
import { useApi, useSession } from '../session-context.tsx';
import { t } from '../strings/strings.ts';
import { createAwake } from './awake.ts';
import { createCallKeys } from './call-keys.ts';
import type { Call } from './call.ts';
import type * as Calling from './calling.ts';
import type { CallState } from './call-state.ts';
import { createDevices } from './devices.ts';
import { createOwnVoice } from './own-voice.ts';
import { onOtherNetwork } from './other-network.ts';
import type { createCues, Cue } from './sound/cues.ts';
import type { Video } from './video/create-video.ts';
import { createVolumes, volumeKey } from './volumes.ts';
import { createWarmTickets } from './warm-tickets.ts';
import { watchMicrophones } from './watch-microphones.ts';

/** The call one is in, or was in when it failed. */
export interface CallView extends CallState {
  /** Undefined: the call of a direct conversation. */
  serverId: string | undefined;
}

type Voice = ReturnType<typeof createVoice>;

const loadEngine = () => import('./engine.ts');

/** Who only reads needs nothing of it. */
let calling: typeof Calling | undefined;
const loadCalling = async () => (calling ??= await import('./calling.ts'));

function createVoice() {
  const api = useApi();
  const session = useSession();
  const rooms = useRooms();
  const devices = createDevices(localStorage);
  const [view, setView] = createSignal<CallView>();
  /** Outlives a call: who was muted joins muted. */
  const [habit, setHabit] = createSignal({ muted: false, deafened: false });
  const volumes = createVolumes(localStorage);
  const toasts = useToasts();
  const tickets = createWarmTickets({
    async ask(id) {
      const asked = api('POST /api/channels/:id/voice', { params: { id } });
      const [ticket] = await Promise.all([asked, loadCalling()]);
      return ticket;
    },
    wait(address) {
      if (calling === undefined) throw new Error('there is a ticket before the code to use it');
      return calling.openWaitingRoom(address, {
        signal: calling.openSignalling,
        startMedia: async (start) => (await loadEngine()).startMedia(start),
        speaker: () => devices.preferences().speaker,
        backoff: createBackoff({ minMs: 300, maxMs: 2_000, random: Math.random }),
      });
    },
    now: () => Date.now(),
  });
  const own = createOwnVoice({
    devices,
    loadLine: async () => (await loadEngine()).openLine,
    isSilenced: () => habit().muted || habit().deafened || view()?.serverMuted === true,
    now: () => performance.now(),
  });
  const owner = getOwner();
  const [video, setVideo] = createSignal<Video>();
  let loadingVideo: Promise<void> | undefined;
  let call: Call | undefined;
  /** Whose call was asked for: known before there is anything of the call to look at. */
  let destination: string | undefined;
  /** Grows with each call that is joined or left. */
  let joining = 0;
  let cues: ReturnType<typeof createCues> | undefined;

  async function makeCue(cue: Cue): Promise<void> {
    const { createCues } = await loadEngine();
    cues ??= createCues({
      volume: () => (devices.preferences().cues ? devices.preferences().cueVolume : 0),
      speaker: () => devices.preferences().speaker,
      now: () => performance.now(),
    });
    cues.play(cue);
  }

  function play(cue: Cue): void {
    makeCue(cue).catch(() => {
      // What did not load is not heard; nothing depends on it.
    });
  }

  /** Or on the way into it; a call that failed is left. */
  function isIn(channelId: string): boolean {
    const current = view();
    return (current?.channelId ?? destination) === channelId && current?.phase !== 'failed';
  }

  async function join(serverId: string | undefined, channelId: string): Promise<void> {
    if (isIn(channelId)) return;
    leave();
    destination = channelId;
    const mine = joining;
    const loaded = calling ?? (await loadCalling().catch(() => undefined));
    // Left, or on the way into another call.
    if (mine !== joining) return;
    if (loaded === undefined) {
      destination = undefined;
      return toasts.complain(t('voice.reasons.unreachable'));
    }
    const joined = new loaded.Call(
      { channelId, ...habit() },
      {
        ticket: tickets.take,
        waitingRoom: tickets.takeRoom,
        signal: loaded.openSignalling,
        startMedia: async (start) => (await loadEngine()).startMedia(start),
        microphone: async () => {
          const opened = await own.open();
          // Names are known only once the microphone was allowed.
          void devices.refresh();
          return opened;
        },
        speaker: () => devices.preferences().speaker,
        gainOf: (userId, source) =>
          source === 'screenAudio' && video()?.isWanted(userId) === false
            ? 0
            : volumes.gainOf(volumeKey(userId, source)),
        selfId: () => session.user()?.id ?? '',
        backoff: createBackoff({ minMs: 300, maxMs: 2_000, random: Math.random }),
        onChange: (state) => {
          if (call === joined) setView({ ...state, serverId });
        },
        onCue: play,
        onOtherMicrophone: (name) => toasts.say(t('voice.otherMicrophone', name)),
        onShareEnded: (source, end) => video()?.handleEnd(source, end),
      },
    );
    call = joined;
    loadVideo();
    // Loads while the ticket is fetched and the microphone opens.
    loadEngine().catch(() => {
      // The call asks for it again and says what is wrong.
    });
    await joined.start();
  }

  /** Cameras and screens, with the first call; what fails is asked for again by the next. */
  function loadVideo(): void {
    loadingVideo ??= import('./video/create-video.ts').then(
      ({ createVideo }) =>
        runWithOwner(owner, () => {
          const made = createVideo({
            call: view,
            settings: devices.preferences,
            share: (source, track) => call?.share(source, track),
            unshare: (source) => call?.unshare(source),
            watch: (producerId) =>
              call?.watch(producerId) ?? Promise.reject(new Error('there is no call to watch in')),
            unwatch: (producerId) => call?.unwatch(producerId),
            setLayers: (producerId, layers) => call?.setLayers(producerId, layers),
            changeGain: (userId) => call?.changeGain(userId),
          });
          setVideo(() => made);
        }),
      () => void (loadingVideo = undefined),
    );
  }

  function leave(): void {
    joining++;
    const left = call;
    call = undefined;
    destination = undefined;
    left?.leave();
    setView(undefined);
  }

  function setHabits(next: { muted: boolean; deafened: boolean }): void {
    const before = habit();
    setHabit(next);
    if (call === undefined) return;
    if (before.deafened !== next.deafened) play(next.deafened ? 'deafened' : 'undeafened');
    else if (before.muted !== next.muted) play(next.muted ? 'muted' : 'unmuted');
    if (call.state.deafened !== next.deafened) call.setDeafened(next.deafened);
    if (call.state.muted !== next.muted) call.setMuted(next.muted);
  }

  function toggleMute(): void {
    const { muted, deafened } = habit();
    // Deaf people are silent too: the microphone's button brings both back.
    if (deafened) setHabits({ muted: false, deafened: false });
    else setHabits({ muted: !muted, deafened: false });
  }

  function changeVolume(key: string, change: Parameters<typeof volumes.choose>[1]): void {
    volumes.choose(key, change);
    const [userId = key] = key.split(':');
    call?.changeGain(userId);
  }

  createEffect(on(own.opening, () => void call?.changeMicrophone(), { defer: true }));
  watchMicrophones({
    devices,
    isWithout: () => {
      const microphone = view()?.microphone;
      return microphone !== undefined && microphone !== 'on' && microphone !== 'opening';
    },
    reopen: () => void call?.changeMicrophone(),
  });
  createEffect(
    on(
      () => devices.preferences().speaker,
      () => call?.changeSpeaker(),
      { defer: true },
    ),
  );
  // What brought the rooms back brings the call back too: no need to sit out its own wait.
  createEffect(() => {
    if (rooms.connection() === 'connected') call?.handleNetworkBack();
  });
  const isInCall = createMemo(() => view() !== undefined && view()?.phase !== 'failed');
  createAwake(isInCall);
  createCallKeys({ isInCall, isMuted: () => habit().muted, toggleMute, leave });
  onMount(() => {
    const check = (): void => call?.handleNetworkChange();
    addEventListener('online', check);
    addEventListener('offline', check);
    onCleanup(onOtherNetwork(check));
    addEventListener('pagehide', leave);
    onCleanup(() => {
      removeEventListener('online', check);
      removeEventListener('offline', check);
      removeEventListener('pagehide', leave);
      leave();
      tickets.close();
      cues?.close();
    });
  });

  return {
    call: view,
    isIn,
    muted: () => habit().muted,
    deafened: () => habit().deafened,
    join,
    leave,
    toggleMute,
    toggleDeafen(): void {
      setHabits({ muted: habit().muted, deafened: !habit().deafened });
    },
    /** From a click: plays what the browser held back. */
    playBlocked: () => call?.playBlocked(),
    /** Cameras and screens; undefined until they have loaded, with the first call. */
    video,
    retryMicrophone: () => void call?.changeMicrophone(),
    rejoin: () => void call?.start(),
    /** Loads what a call needs, when somebody is about to join one. */
    prepare(channelId?: string): void {
      if (channelId !== undefined && view()?.channelId !== channelId) tickets.warmUp(channelId);
      loadCalling().catch(() => {
        // As below.
      });
      loadEngine().then(
        ({ warmLine }) => warmLine(devices.preferences()),
        () => {
          // It is asked for again at the join.
        },
      );
    },
    /** They only came by. */
    unprepare: tickets.cool,
    /** How loud each person is on this device, and what they share (`volumeKey`). */
    volumes: { of: volumes.of, choose: changeVolume },
    /** Lets a short sound be heard as it would be in a call. */
    playCue: play,
    own,
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
