import { createEffect, createMemo, createRoot, createSignal, onCleanup } from 'solid-js';
import type { Watching } from './watching.ts';

/** https://developer.mozilla.org/docs/Web/API/Document_Picture-in-Picture_API, not yet in the types. */
interface PictureWindows {
  requestWindow(options: { width: number; height: number }): Promise<Window>;
}

export interface PoppedOut {
  /** What brings it now, which another connection changes; undefined: it ended. */
  producerId: () => string | undefined;
  source: 'camera' | 'screen';
  title: string;
}

const SIZE = { width: 640, height: 360 };

function pictureWindows(): PictureWindows | undefined {
  const windows: unknown = Reflect.get(globalThis, 'documentPictureInPicture');
  // What the browser has under this name is this.
  return windows === undefined ? undefined : (windows as PictureWindows);
}

/** Whether a picture can stay in sight over other programs. */
export function canPopOut(): boolean {
  return pictureWindows() !== undefined || document.pictureInPictureEnabled;
}

/**
 * Shows a picture in a window over everything else, until that is closed or the picture ends; from a
 * click. `inPage` is the element that already shows it, for browsers that lift only that one out.
 */
export async function popOut(
  what: PoppedOut,
  { watching, inPage }: { watching: Watching; inPage: HTMLVideoElement | undefined },
): Promise<void> {
  const windows = pictureWindows();
  if (windows === undefined) {
    await inPage?.requestPictureInPicture();
    return;
  }
  const opened = await windows.requestWindow(SIZE);
  createRoot((dispose) => {
    opened.addEventListener('pagehide', dispose, { once: true });
    fill(opened, what, watching);
  });
}

function fill(opened: Window, what: PoppedOut, watching: Watching): void {
  const { document: page } = opened;
  page.title = what.title;
  const video = page.createElement('video');
  video.muted = true;
  video.autoplay = true;
  video.setAttribute('aria-label', what.title);
  Object.assign(video.style, { width: '100%', height: '100%', objectFit: 'contain' });
  Object.assign(page.documentElement.style, { height: '100%' });
  Object.assign(page.body.style, { margin: '0', height: '100%', background: '#000' });
  page.body.append(video);

  const [height, setHeight] = createSignal(opened.innerHeight);
  opened.addEventListener('resize', () => setHeight(opened.innerHeight));
  const producerId = createMemo(what.producerId);
  const place = createMemo(() => {
    const id = producerId();
    if (id === undefined) return undefined;
    const shown = watching.show(id, what.source);
    onCleanup(shown.leave);
    return shown;
  });
  let wasShown = false;
  createEffect(() => place()?.resize(Math.max(1, height()) * opened.devicePixelRatio));
  createEffect(() => {
    const picture = place()?.picture();
    // It ended: an empty window is of no use.
    if (place() === undefined && wasShown) return opened.close();
    if (picture === undefined) return;
    wasShown = true;
    video.srcObject = picture;
    void video.play().catch(() => {});
  });
}
