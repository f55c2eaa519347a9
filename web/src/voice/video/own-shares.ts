import { createSignal } from 'solid-js';
import type { ShareEnd } from '../call-shares.ts';
import type { ShareSource } from '../call-state.ts';
import type { ScreenKind } from '../voice-settings.ts';
import type { Capture, CaptureProblem, Captured } from './capture.ts';

export type Shown = Exclude<ShareSource, 'screenAudio'>;

/** Why others see nothing of it, where its owner does not know by themselves. */
export interface ShareNews {
  what: Shown;
  problem: Exclude<CaptureProblem, 'cancelled'> | ShareEnd;
}

export interface OwnSharesDeps {
  /** False: a screen is shared without its sound. */
  canSpeak: () => boolean;
  openCamera: () => Promise<Capture>;
  openScreen: (kind: ScreenKind) => Promise<Capture>;
  /** In place of the one before of this source. */
  share: (source: ShareSource, track: MediaStreamTrack) => void;
  unshare: (source: ShareSource) => void;
  onNews: (news: ShareNews) => void;
}

export interface Share {
  phase: 'off' | 'opening' | 'on';
  /** One's own picture, for oneself; its sound is not in it. */
  picture: MediaStream | undefined;
  hasSound: boolean;
}

const OFF: Share = { phase: 'off', picture: undefined, hasSound: false };

/** One's own camera and screen: what is captured is shared, until either ends. */
export function createOwnShares(deps: OwnSharesDeps) {
  const camera = createShare('camera', deps);
  const screen = createShare('screen', deps);
  return {
    camera: {
      state: camera.state,
      start: () => camera.start(deps.openCamera),
      stop: camera.stop,
    },
    screen: {
      state: screen.state,
      start: (kind: ScreenKind) => screen.start(() => deps.openScreen(kind)),
      stop: screen.stop,
    },
    /** The call says that it shares this no more. */
    handleEnd(source: ShareSource, end: ShareEnd): void {
      if (source === 'screenAudio') screen.silence();
      else (source === 'camera' ? camera : screen).end(end);
    },
    stopAll(): void {
      camera.stop();
      screen.stop();
    },
  };
}
export type OwnShares = ReturnType<typeof createOwnShares>;

function createShare(what: Shown, deps: OwnSharesDeps) {
  const [state, setState] = createSignal<Share>(OFF);
  let captured: Captured | undefined;
  /** Grows with each start and stop: what an earlier one still brings is not wanted any more. */
  let attempt = 0;

  function stop(): void {
    attempt++;
    if (captured !== undefined) {
      deps.unshare(what);
      if (captured.audio !== undefined) deps.unshare('screenAudio');
      close(captured);
    }
    captured = undefined;
    setState(OFF);
  }

  /** In place of what was shared before, if anything was. */
  async function start(open: () => Promise<Capture>): Promise<void> {
    const mine = ++attempt;
    const before = state();
    setState({ ...before, phase: 'opening' });
    const { captured: opened, problem } = await open();
    if (mine !== attempt) {
      if (opened !== undefined) close(opened);
      return;
    }
    if (opened === undefined) {
      // What was shared before goes on, unless it ended while its owner was asked.
      setState(captured === undefined ? OFF : before);
      if (problem !== 'cancelled') deps.onNews({ what, problem });
      return;
    }
    const last = captured;
    captured = opened;
    const isHeard = opened.audio !== undefined && deps.canSpeak();
    setState({
      phase: 'on',
      picture: new MediaStream([opened.video]),
      hasSound: isHeard,
    });
    deps.share(what, opened.video);
    if (opened.audio !== undefined && isHeard) deps.share('screenAudio', opened.audio);
    else if (last?.audio !== undefined) deps.unshare('screenAudio');
    if (last !== undefined) close(last);
  }

  return {
    state,
    start,
    stop,
    end(end: ShareEnd): void {
      if (captured === undefined) return;
      stop();
      // Whoever ends a screen does it by the browser's own button, and knows.
      if (what === 'camera' || end !== 'ended') deps.onNews({ what, problem: end });
    },
    silence: () => setState({ ...state(), hasSound: false }),
  };
}

function close({ video, audio }: Captured): void {
  video.stop();
  audio?.stop();
}
