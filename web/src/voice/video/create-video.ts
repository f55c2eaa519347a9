import { createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import { useToasts } from '../../design/toast.tsx';
import type { ShareEnd } from '../call-shares.ts';
import type { ShareSource } from '../call-state.ts';
import type { Layers } from '../media.ts';
import type { CallView } from '../voice-context.tsx';
import type { VoiceSettings } from '../voice-settings.ts';
import { canShareScreen, changeScreenKind, openCamera, openScreen } from './capture.ts';
import type { LookChoice } from './layout.ts';
import { createOwnShares } from './own-shares.ts';
import type { ShareNews } from './own-shares.ts';
import { shareProblem } from './share-problem.ts';
import { createWatching } from './watching.ts';

export interface VideoDeps {
  call: () => CallView | undefined;
  settings: () => VoiceSettings;
  share: (source: ShareSource, track: MediaStreamTrack) => void;
  unshare: (source: ShareSource) => void;
  watch: (producerId: string) => Promise<MediaStreamTrack>;
  unwatch: (producerId: string) => void;
  setLayers: (producerId: string, layers: Layers) => void;
  /** How loud they are to be heard has changed. */
  changeGain: (userId: string) => void;
}

/** Cameras and screens of the call one is in. Loads with the first call. */
export function createVideo(deps: VideoDeps) {
  const toasts = useToasts();
  const shared = createMemo(() => deps.call()?.shared ?? []);
  /** In the order in which they came. */
  const arrived = createMemo<readonly string[]>((before) => {
    const now = shared().map(({ producerId }) => producerId);
    return [
      ...before.filter((id) => now.includes(id)),
      ...now.filter((id) => !before.includes(id)),
    ];
  }, []);
  const [choice, setChoice] = createSignal<LookChoice>();
  /** Whose screen one does not want to see, by user id, for as long as they share it. */
  const [unwanted, setUnwanted] = createSignal<ReadonlySet<string>>(new Set());
  /** How many views of the call are open. */
  const [views, setViews] = createSignal(0);

  const own = createOwnShares({
    canSpeak: () => deps.call()?.canSpeak === true,
    openCamera: () => openCamera(deps.settings().camera),
    openScreen,
    share: deps.share,
    unshare: deps.unshare,
    onNews: (news: ShareNews) => toasts.complain(shareProblem(news)),
  });
  const watching = createWatching({
    watch: deps.watch,
    unwatch: deps.unwatch,
    setLayers: deps.setLayers,
    savesData: () => deps.settings().savesData,
  });

  function changeUnwanted(next: ReadonlySet<string>, userId: string): void {
    setUnwanted(next);
    deps.changeGain(userId);
  }

  createEffect(() => watching.keep(shared().map(({ producerId }) => producerId)));
  createEffect(
    on(
      () => deps.settings().savesData,
      () => watching.followAll(),
      { defer: true },
    ),
  );
  createEffect(
    on(
      () => deps.settings().camera,
      () => {
        if (own.camera.state().phase === 'on') void own.camera.start();
      },
      { defer: true },
    ),
  );
  createEffect(
    on(
      () => deps.settings().screenKind,
      (kind) => {
        const [track] = own.screen.state().picture?.getVideoTracks() ?? [];
        if (track !== undefined) void changeScreenKind(track, kind);
      },
      { defer: true },
    ),
  );
  const place = createMemo(() => {
    const call = deps.call();
    return call === undefined || call.phase === 'failed' ? undefined : call.channelId;
  });
  createEffect(
    on(
      place,
      (now, before) => {
        // Moved by a moderator, what one shares goes along.
        if (now === undefined) own.stopAll();
        if (now !== before) setChoice(undefined);
      },
      { defer: true },
    ),
  );
  // A screen that ended is wanted again when it comes back.
  createEffect(
    on(shared, (all) => {
      const sharing = new Set(all.map(({ userId }) => userId));
      const still = [...unwanted()].filter((userId) => sharing.has(userId));
      if (still.length !== unwanted().size) setUnwanted(new Set(still));
    }),
  );
  onCleanup(() => {
    own.stopAll();
    watching.keep([]);
  });

  return {
    own,
    watching,
    shared,
    /** What brings the picture now; undefined: there is none. */
    producerOf: (userId: string, source: ShareSource): string | undefined =>
      shared().find((one) => one.userId === userId && one.source === source)?.producerId,
    canShareScreen: canShareScreen(),
    /** Grows with each that came; what brings no picture of others is older than all. */
    ageOf: (producerId: string | undefined): number =>
      producerId === undefined ? -1 : arrived().indexOf(producerId),
    choice,
    choose: setChoice,
    isWanted: (userId: string): boolean => !unwanted().has(userId),
    stopWatching: (userId: string) => changeUnwanted(new Set([...unwanted(), userId]), userId),
    watchAgain: (userId: string) =>
      changeUnwanted(new Set([...unwanted()].filter((id) => id !== userId)), userId),
    isViewed: () => views() > 0,
    /** A view of the call is open until the answer is called. */
    view(): () => void {
      setViews((open) => open + 1);
      return () => setViews((open) => open - 1);
    },
    handleEnd: (source: ShareSource, end: ShareEnd) => own.handleEnd(source, end),
    toggleCamera(): void {
      if (own.camera.state().phase === 'off') void own.camera.start();
      else own.camera.stop();
    },
    toggleScreen(): void {
      if (own.screen.state().phase === 'off') void own.screen.start(deps.settings().screenKind);
      else own.screen.stop();
    },
    /** Another screen or window in place of the one that is shared. */
    shareAnother: () => void own.screen.start(deps.settings().screenKind),
  };
}
export type Video = ReturnType<typeof createVideo>;
