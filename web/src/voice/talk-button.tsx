import { Show } from 'solid-js';
import { t } from '../strings/strings.ts';
import { useVoice } from './voice-context.tsx';

/** Push-to-talk without a keyboard: heard while it is held. */
export function TalkButton(props: { class?: string }) {
  const voice = useVoice();
  const { push } = voice.own;
  return (
    <Show when={voice.devices.preferences().inputMode === 'push'}>
      <button
        type="button"
        aria-pressed={push.isHeld()}
        class={`min-h-8 touch-none rounded-small bg-raised-more px-3 font-medium text-second transition select-none aria-pressed:bg-live aria-pressed:text-side pointer-coarse:min-h-11 ${props.class ?? ''}`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          push.press();
        }}
        onPointerUp={() => push.release()}
        onPointerCancel={() => push.release()}
        onKeyDown={(event) => {
          if (event.key === ' ' && !event.repeat) push.press();
        }}
        onKeyUp={(event) => {
          if (event.key === ' ') push.release();
        }}
        onBlur={() => push.isHeld() && push.release()}
        onContextMenu={(event) => event.preventDefault()}
      >
        {t('voice.holdToTalk')}
      </button>
    </Show>
  );
}
