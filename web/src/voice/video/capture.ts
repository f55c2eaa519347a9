import type { ScreenKind } from '../voice-settings.ts';

/** Why a camera or a screen cannot be had. `cancelled`: its owner chose nothing, which is no failure. */
export type CaptureProblem = 'none' | 'blocked' | 'busy' | 'insecure' | 'cancelled';

export interface Captured {
  video: MediaStreamTrack;
  /** Of a screen, where the browser gives it. */
  audio?: MediaStreamTrack | undefined;
}

export type Capture =
  | { captured: Captured; problem?: undefined }
  | { captured?: undefined; problem: CaptureProblem };

/** Absent where the page came without TLS. */
const media = (): MediaDevices | undefined => navigator.mediaDevices;

/** Phones have no way to share their screen from a page. */
export function canShareScreen(): boolean {
  return media() !== undefined && 'getDisplayMedia' in MediaDevices.prototype;
}

export async function openCamera(camera: string): Promise<Capture> {
  const size = {
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 30, max: 30 },
  };
  // A remembered camera may be unplugged: `ideal` falls back to another.
  const video = camera === '' ? size : { ...size, deviceId: { ideal: camera } };
  return capture(async (devices) => devices.getUserMedia({ video }), 'blocked');
}

/** Asks which screen, window or tab; only from a click. */
export async function openScreen(kind: ScreenKind): Promise<Capture> {
  const opened = await capture(
    async (devices) => devices.getDisplayMedia(screenWish(kind)),
    // The browser's own question was closed; that it is forbidden is told the same way.
    'cancelled',
  );
  if (opened.captured !== undefined) opened.captured.video.contentHint = kind;
  return opened;
}

/** Another kind in the midst of it; a browser that cannot change goes on as it was. */
export async function changeScreenKind(track: MediaStreamTrack, kind: ScreenKind): Promise<void> {
  track.contentHint = kind;
  await track.applyConstraints(screenPicture(kind)).catch(() => {});
}

function screenPicture(kind: ScreenKind): MediaTrackConstraints {
  return kind === 'detail'
    ? { frameRate: { ideal: 15, max: 15 } }
    : { width: { max: 1920 }, height: { max: 1080 }, frameRate: { ideal: 30, max: 30 } };
}

function screenWish(kind: ScreenKind): DisplayMediaStreamOptions {
  const sound = {
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
    // The voices of the call must not come back to it with the sound of the whole computer.
    restrictOwnAudio: true,
  };
  const wish = {
    video: screenPicture(kind),
    audio: sound,
    // Not yet in the types: https://developer.mozilla.org/docs/Web/API/MediaDevices/getDisplayMedia
    systemAudio: 'include',
    surfaceSwitching: 'include',
    selfBrowserSurface: 'exclude',
  };
  return wish;
}

async function capture(
  ask: (devices: MediaDevices) => Promise<MediaStream>,
  onNotAllowed: CaptureProblem,
): Promise<Capture> {
  const devices = media();
  if (devices === undefined) return { problem: 'insecure' };
  try {
    const stream = await ask(devices);
    const [video] = stream.getVideoTracks();
    const [audio] = stream.getAudioTracks();
    return video === undefined ? { problem: 'none' } : { captured: { video, audio } };
  } catch (problem) {
    return { problem: captureProblem(problem, onNotAllowed) };
  }
}

export function captureProblem(problem: unknown, onNotAllowed: CaptureProblem): CaptureProblem {
  const { name, message } = problem instanceof DOMException ? problem : { name: '', message: '' };
  // macOS keeps a list of programs of its own; Chromium tells it by these words alone.
  if (name === 'NotAllowedError' && message.includes('by system')) return 'blocked';
  if (name === 'NotAllowedError' || name === 'SecurityError') return onNotAllowed;
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none';
  return name === 'AbortError' ? 'cancelled' : 'busy';
}
