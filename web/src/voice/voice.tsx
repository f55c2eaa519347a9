import { Show } from 'solid-js';
import { late } from '../design/late.tsx';
import { useVoice } from './voice-context.tsx';

export { VoiceProvider, useVoice } from './voice-context.tsx';

const Bar = late(async () => (await import('./voice-bar.tsx')).VoiceBar);
const Strip = late(async () => (await import('./voice-strip.tsx')).VoiceStrip);

/** The call one is in, under the channels. Loads with the first call. */
export function VoiceBar() {
  const voice = useVoice();
  return (
    <Show when={voice.call()}>
      <Bar />
    </Show>
  );
}

/** The same in one line, for a phone. */
export function VoiceStrip() {
  const voice = useVoice();
  return (
    <Show when={voice.call()}>
      <Strip />
    </Show>
  );
}
