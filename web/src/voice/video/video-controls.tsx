import ScreenShare from 'lucide-solid/icons/screen-share';
import ScreenShareOff from 'lucide-solid/icons/screen-share-off';
import VideoIcon from 'lucide-solid/icons/video';
import VideoOff from 'lucide-solid/icons/video-off';
import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { t } from '../../strings/video.ts';
import { useVoice } from '../voice-context.tsx';
import { useVideo } from './use-video.ts';

const SIZES = { common: 'h-8 min-w-0', large: 'h-10 min-w-14 max-tablet:min-w-11' };

/** One's own camera and screen, on and off. */
export function VideoControls(props: { size?: 'large' | undefined }) {
  const voice = useVoice();
  const video = useVideo();
  /** Why neither can be shared, for as long as that is so. */
  const obstacle = () => {
    const call = voice.call();
    if (call?.canStream === false) return t('video.notHere');
    return call?.phase === 'connected' ? undefined : t('video.notConnected');
  };
  return (
    <Show when={video()}>
      {(loaded) => (
        <>
          <ShareButton
            labels={{ start: t('video.startCamera'), stop: t('video.stopCamera') }}
            phase={loaded().own.camera.state().phase}
            obstacle={obstacle()}
            size={props.size}
            icons={{ start: <VideoIcon size={17} />, stop: <VideoOff size={17} /> }}
            onToggle={() => loaded().toggleCamera()}
          />
          <Show when={loaded().canShareScreen}>
            <ShareButton
              labels={{ start: t('video.shareScreen'), stop: t('video.stopScreen') }}
              phase={loaded().own.screen.state().phase}
              obstacle={obstacle()}
              size={props.size}
              icons={{ start: <ScreenShare size={17} />, stop: <ScreenShareOff size={17} /> }}
              onToggle={() => loaded().toggleScreen()}
            />
          </Show>
        </>
      )}
    </Show>
  );
}

interface ShareButtonProps {
  labels: { start: string; stop: string };
  icons: { start: JSX.Element; stop: JSX.Element };
  phase: 'off' | 'opening' | 'on';
  obstacle: string | undefined;
  size: 'large' | undefined;
  onToggle: () => void;
}

function ShareButton(props: ShareButtonProps) {
  const isOff = () => props.phase === 'off';
  const label = () => (isOff() ? props.labels.start : props.labels.stop);
  /** What goes on can always be stopped. */
  const obstacle = () => (isOff() ? props.obstacle : undefined);
  return (
    <button
      type="button"
      aria-label={label()}
      title={obstacle() ?? label()}
      // Not `disabled`: the reason must be reachable by those who cannot hover.
      aria-disabled={obstacle() !== undefined}
      aria-description={obstacle()}
      class={`grid place-items-center rounded-small transition aria-disabled:cursor-not-allowed aria-disabled:opacity-50 pointer-coarse:h-11 ${SIZES[props.size ?? 'common']}`}
      classList={{
        'bg-raised-more text-second hover:text-ink': isOff(),
        'bg-brass-wash text-brass-ink': !isOff(),
        'animate-breathe': props.phase === 'opening',
      }}
      onClick={() => obstacle() === undefined && props.onToggle()}
    >
      <Show when={isOff()} fallback={props.icons.stop}>
        {props.icons.start}
      </Show>
    </button>
  );
}
