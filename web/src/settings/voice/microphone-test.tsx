import { Show, createEffect, on } from 'solid-js';
import { Button } from '../../design/button.tsx';
import { FormProblem } from '../../login/entry-page.tsx';
import { t } from '../../strings/voice-settings.ts';
import type { MicrophoneProblem } from '../../voice/microphone.ts';
import { meterOf } from '../../voice/sound/gate.ts';
import { useVoice } from '../../voice/voice.tsx';
import { createMicrophoneTest } from './create-microphone-test.ts';

const PROBLEMS: Record<MicrophoneProblem, () => string> = {
  none: () => t('voiceSettings.micMissing'),
  blocked: () => t('voiceSettings.micBlocked'),
  busy: () => t('voiceSettings.micBusy'),
  insecure: () => t('voiceSettings.micInsecure'),
};

/** Hears oneself, and shows how loud one is and what of it is let through. */
export function MicrophoneTest() {
  const { devices, own } = useVoice();
  const test = createMicrophoneTest();
  const sentence = () => {
    const problem = test.problem();
    return problem === undefined ? undefined : PROBLEMS[problem]();
  };
  const level = () => meterOf(test.heard()?.levelDb ?? -100);

  async function start(): Promise<void> {
    await test.start(devices.preferences(), own.gate());
    // Names are known only once the microphone was allowed.
    await devices.refresh();
  }
  // Another device or treatment while one is being tested: go on with that.
  createEffect(on(own.opening, () => test.running() && void start(), { defer: true }));
  createEffect(on(own.gate, (gate) => test.adjust(gate), { defer: true }));

  return (
    <div>
      <FormProblem sentence={sentence()} />
      <div class="flex flex-wrap items-center gap-x-5 gap-y-4 rounded-large bg-side p-5">
        <div class="min-w-56 flex-1">
          <div
            role="meter"
            aria-label={t('voiceSettings.level')}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(level() * 100)}
            class="relative h-2.5 overflow-hidden rounded-full bg-raised-more"
          >
            <span
              class="absolute inset-0 origin-left rounded-full transition-[scale] duration-75"
              classList={{
                'bg-live': test.heard()?.isOpen === true,
                'bg-third': test.heard()?.isOpen !== true,
              }}
              style={{ scale: `${level()} 1` }}
            />
            <Show when={devices.preferences().inputMode === 'activity' ? test.heard() : undefined}>
              {(heard) => (
                <span
                  class="absolute inset-y-0 w-0.5 bg-ink"
                  style={{ left: `${meterOf(heard().thresholdDb) * 100}%` }}
                />
              )}
            </Show>
          </div>
          <p class="mt-2.5 text-pretty text-second">
            {test.running() ? t('voiceSettings.testing') : t('voiceSettings.testSentence')}
          </p>
        </div>
        <Button
          look="quiet"
          class="max-tablet:w-full"
          onClick={() => (test.running() ? test.stop() : void start())}
        >
          {test.running() ? t('voiceSettings.stopTest') : t('voiceSettings.test')}
        </Button>
      </div>
    </div>
  );
}
