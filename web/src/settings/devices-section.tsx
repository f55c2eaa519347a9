import { Show, createEffect, on, onMount } from 'solid-js';
import { Button } from '../design/button.tsx';
import { Choice } from '../design/field.tsx';
import { Reeds } from '../design/reeds.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { t } from '../strings/settings.ts';
import type { AudioDevice } from '../voice/devices.ts';
import type { MicrophoneProblem } from '../voice/microphone.ts';
import { useVoice } from '../voice/voice.tsx';
import { createMicrophoneTest } from './microphone-level.ts';

const PROBLEMS: Record<MicrophoneProblem, () => string> = {
  none: () => t('settings.micMissing'),
  blocked: () => t('settings.micBlocked'),
  busy: () => t('settings.micBusy'),
  insecure: () => t('settings.micInsecure'),
};

export function DevicesSection() {
  const { devices } = useVoice();
  const test = createMicrophoneTest();
  const chosen = devices.preferences;
  const sentence = () => {
    const problem = test.problem();
    return problem === undefined ? undefined : PROBLEMS[problem]();
  };
  onMount(() => void devices.refresh());

  async function start(): Promise<void> {
    await test.start(chosen().microphone);
    // Names are known only once the microphone was allowed.
    await devices.refresh();
  }
  // Another microphone while one is being tested: go on with that.
  createEffect(
    on(
      () => chosen().microphone,
      () => test.running() && void start(),
      { defer: true },
    ),
  );

  return (
    <div class="flex flex-col gap-8">
      <div class="grid gap-5 tablet:grid-cols-2">
        <Choice
          label={t('settings.microphone')}
          value={present(devices.microphones(), chosen().microphone)}
          choices={choices(devices.microphones())}
          onChange={(microphone) => devices.choose({ microphone })}
        />
        <div>
          <Choice
            label={t('settings.speaker')}
            value={present(devices.speakers(), chosen().speaker)}
            choices={choices(devices.speakers())}
            onChange={(speaker) => devices.choose({ speaker })}
            disabled={!devices.canChooseSpeaker}
          />
          <Show when={!devices.canChooseSpeaker}>
            <p class="mt-1.5 text-label text-third">{t('settings.speakerFixed')}</p>
          </Show>
        </div>
      </div>
      <div>
        <FormProblem sentence={sentence()} />
        <div class="flex flex-wrap items-center gap-5 rounded-large bg-side p-5">
          <div
            role="meter"
            aria-label={t('settings.level')}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(test.level() * 100)}
            class="grid size-14 shrink-0 place-items-center rounded-medium bg-raised"
            classList={{ 'text-live-ink': test.running(), 'text-third': !test.running() }}
          >
            <Reeds kind="level" level={test.level()} size={32} />
          </div>
          <p class="min-w-44 flex-1 text-second">{t('settings.testSentence')}</p>
          <Button
            look="quiet"
            class="max-tablet:w-full"
            onClick={() => (test.running() ? test.stop() : void start())}
          >
            {test.running() ? t('settings.stopTest') : t('settings.test')}
          </Button>
        </div>
      </div>
    </div>
  );
}

/** A remembered device that is unplugged shows as the system's choice, which is what would be used. */
function present(devices: readonly AudioDevice[], id: string): string {
  return devices.some((device) => device.id === id) ? id : '';
}

function choices(devices: readonly AudioDevice[]) {
  return [
    { value: '', label: t('settings.defaultDevice') },
    // Chromium lists the system's own choice once more.
    ...devices
      .filter((device) => device.label !== '' && device.id !== 'default')
      .map((device) => ({ value: device.id, label: device.label })),
  ];
}
