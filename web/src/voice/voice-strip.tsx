import { Show } from 'solid-js';
import { t } from '../strings/strings.ts';
import { CallControls } from './call-controls.tsx';
import { CallNotes } from './call-notes.tsx';
import { phaseName } from './phase-name.ts';
import { createPlaceName } from './place-name.ts';
import { QualityReeds } from './quality-reeds.tsx';
import { TalkButton } from './talk-button.tsx';
import { useVoice } from './voice-context.tsx';

/** The call one is in, in one line: for a phone, where the voice bar is behind the menu. */
export function VoiceStrip() {
  const voice = useVoice();
  return (
    <Show when={voice.call()}>
      {(call) => (
        <section
          aria-label={t('voice.label')}
          class="mx-3 mb-2 animate-rise rounded-large border border-line bg-side py-1.5 pr-1.5 pl-3"
        >
          <div class="flex items-center gap-3">
            <QualityReeds quality={call().quality} />
            <p class="min-w-0 flex-1 truncate">
              <span
                class="font-medium"
                classList={{
                  'text-live-ink': call().phase === 'connected',
                  'text-danger-ink': call().phase === 'failed',
                }}
              >
                {phaseName(call().phase)}
              </span>{' '}
              <span class="text-label text-second">{createPlaceName(call)()}</span>
            </p>
            <CallControls class="flex gap-1.5" size="narrow" />
          </div>
          <Show when={call().phase !== 'failed'}>
            <div class="pr-1.5 pb-1.5 empty:hidden">
              <CallNotes call={call()} />
              <TalkButton class="mt-2 w-full" />
            </div>
          </Show>
        </section>
      )}
    </Show>
  );
}
