import { Show, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import { useVideo } from './use-video.ts';
import { createSeenHeight } from './seen.ts';
import type { Watching } from './watching.ts';

interface PictureProps {
  /** Whose, and what: of these one picture follows another. */
  of: string;
  /** Somebody else's; it comes while it is seen. */
  producerId: string;
  source: 'camera' | 'screen';
  /** All of it, with bars at the sides; else the place is filled. */
  isWhole: boolean;
  onVideo?: (video: HTMLVideoElement) => void;
}

interface Shown {
  of?: string;
  place?: ReturnType<Watching['show']> | undefined;
  picture?: MediaStream | undefined;
}

/** A window of its own is not measured; in pixels of the device. */
const WINDOW_HEIGHT = 400;

/** What somebody else shows. */
export function Picture(props: PictureProps) {
  const video = useVideo();
  const [frame, setFrame] = createSignal<HTMLElement>();
  const [isInWindow, setInWindow] = createSignal(false);
  const height = createSeenHeight(frame);
  // The tile around it is made anew with every word that is said.
  const producerId = createMemo(() => props.producerId);
  const source = createMemo(() => props.source);
  const place = createMemo(() => {
    const shown = video()?.watching.show(producerId(), source());
    if (shown !== undefined) onCleanup(shown.leave);
    return shown;
  });
  /** What it was a moment ago stays until its successor comes: another connection brings it now. */
  const shown = createMemo<Shown>((before) => {
    const from = place();
    const picture = from?.picture();
    const isAwaited = picture === undefined && before.of === props.of && before.place !== from;
    return isAwaited ? before : { of: props.of, place: from, picture };
  }, {});
  createEffect(() => {
    // In a window of its own it is seen while the page is not.
    place()?.resize(isInWindow() ? Math.max(WINDOW_HEIGHT, height()) : height());
  });
  return (
    <span ref={setFrame} class="absolute inset-0">
      <Stream
        picture={shown().picture}
        isWhole={props.isWhole}
        onVideo={(element) => {
          element.addEventListener('enterpictureinpicture', () => setInWindow(true));
          element.addEventListener('leavepictureinpicture', () => setInWindow(false));
          props.onVideo?.(element);
        }}
      />
    </span>
  );
}

interface StreamProps {
  picture: MediaStream | undefined;
  isWhole: boolean;
  /** As in a mirror: one's own face. */
  isMirrored?: boolean;
  onVideo?: (video: HTMLVideoElement) => void;
}

/** A picture that is there; it appears with its first frame. */
export function Stream(props: StreamProps) {
  const [isDrawn, setDrawn] = createSignal(false);
  const picture = createMemo(() => props.picture);
  let element: HTMLVideoElement | undefined;
  createEffect(
    on(picture, (shown) => {
      if (element === undefined) return;
      // One that takes the place of another is not faded in.
      if (shown === undefined || element.srcObject === null) setDrawn(false);
      element.srcObject = shown ?? null;
      if (shown === undefined) return;
      element.play().catch(() => {
        // Put away before it began.
      });
    }),
  );
  return (
    <video
      ref={(made) => {
        element = made;
        // Its sound, if there is any, comes another way.
        made.muted = true;
        props.onVideo?.(made);
      }}
      autoplay
      playsinline
      aria-hidden="true"
      class="absolute inset-0 size-full transition-opacity duration-150 ease-out"
      classList={{
        'object-contain': props.isWhole,
        'object-cover': !props.isWhole,
        '-scale-x-100': props.isMirrored === true,
        'opacity-0': !isDrawn(),
      }}
      onLoadedData={() => setDrawn(true)}
    />
  );
}

/** One's own, as others see it, but for the mirror. */
export function OwnPicture(props: { source: 'camera' | 'screen'; isWhole: boolean }) {
  const video = useVideo();
  const share = () => video()?.own[props.source].state();
  return (
    <Show when={share()?.picture}>
      {(picture) => (
        <Stream
          picture={picture()}
          isWhole={props.isWhole}
          isMirrored={props.source === 'camera'}
        />
      )}
    </Show>
  );
}
