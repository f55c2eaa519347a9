import Headphones from 'lucide-solid/icons/headphones';
import HeadphoneOff from 'lucide-solid/icons/headphone-off';
import Mic from 'lucide-solid/icons/mic';
import MicOff from 'lucide-solid/icons/mic-off';
import Phone from 'lucide-solid/icons/phone';
import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { late } from '../design/late.tsx';
import { t } from '../strings/strings.ts';
import { useVoice } from './voice-context.tsx';

const VideoControls = late(async () => (await import('./video/video-controls.tsx')).VideoControls);

const SIZES = {
  common: 'h-8 min-w-0',
  narrow: 'h-8 min-w-11',
  large: 'h-10 min-w-14 max-tablet:min-w-11',
};

interface CallControlsProps {
  class: string;
  /** `narrow`: there is no room for camera and screen. */
  size?: 'large' | 'narrow';
}

/** Mute, deafen, show, leave. */
export function CallControls(props: CallControlsProps) {
  const voice = useVoice();
  const isSilent = () => voice.muted() || voice.deafened();
  return (
    <div class={props.class}>
      <Control
        label={isSilent() ? t('voice.unmute') : t('voice.mute')}
        isOff={isSilent()}
        size={props.size}
        onClick={voice.toggleMute}
      >
        <Show when={isSilent()} fallback={<Mic size={17} />}>
          <MicOff size={17} />
        </Show>
      </Control>
      <Control
        label={voice.deafened() ? t('voice.undeafen') : t('voice.deafen')}
        isOff={voice.deafened()}
        size={props.size}
        onClick={voice.toggleDeafen}
      >
        <Show when={voice.deafened()} fallback={<Headphones size={17} />}>
          <HeadphoneOff size={17} />
        </Show>
      </Control>
      <Show when={props.size !== 'narrow'}>
        <VideoControls size={props.size === 'large' ? 'large' : undefined} />
      </Show>
      <button
        type="button"
        aria-label={t('voice.leave')}
        title={t('voice.leave')}
        class={`grid place-items-center rounded-small bg-danger text-on-danger transition hover:bg-danger-hover pointer-coarse:h-11 ${SIZES[props.size ?? 'common']}`}
        onClick={() => voice.leave()}
      >
        <Phone size={17} class="rotate-[135deg]" />
      </button>
    </div>
  );
}

interface ControlProps {
  label: string;
  isOff: boolean;
  size: CallControlsProps['size'];
  onClick: () => void;
  children: JSX.Element;
}

function Control(props: ControlProps) {
  return (
    <button
      type="button"
      aria-label={props.label}
      title={props.label}
      class={`grid place-items-center rounded-small transition pointer-coarse:h-11 ${SIZES[props.size ?? 'common']}`}
      classList={{
        'bg-danger-wash text-danger-ink': props.isOff,
        'bg-raised-more text-second hover:text-ink': !props.isOff,
      }}
      onClick={() => props.onClick()}
    >
      {props.children}
    </button>
  );
}
