import { Match, Switch as Either, createSignal, onCleanup } from 'solid-js';
import { Show } from 'solid-js';
import { Button } from '../../design/button.tsx';
import { Segments } from '../../design/segments.tsx';
import { Slider } from '../../design/slider.tsx';
import { Switch } from '../../design/switch.tsx';
import { t } from '../../strings/voice-settings.ts';
import { MAX_RELEASE_MS, MAX_THRESHOLD_DB, MIN_THRESHOLD_DB } from '../../voice/voice-settings.ts';
import { useVoice } from '../../voice/voice.tsx';
import { keyName } from './key-name.ts';

/** Where the threshold begins when it is first set by hand, in dBFS. */
const FIRST_THRESHOLD_DB = -50;

/** By voice, from which loudness on; or while a key is held. */
export function WhenHeard() {
  const { devices } = useVoice();
  const chosen = devices.preferences;
  return (
    <>
      <Segments
        label={t('voiceSettings.when')}
        value={chosen().inputMode}
        choices={[
          { value: 'activity', label: t('voiceSettings.activity') },
          { value: 'push', label: t('voiceSettings.push') },
        ]}
        onChange={(inputMode) => devices.choose({ inputMode })}
      />
      <Either>
        <Match when={chosen().inputMode === 'activity'}>
          <Switch
            label={t('voiceSettings.automatic')}
            sentence={t('voiceSettings.automaticSentence')}
            checked={chosen().thresholdDb === null}
            onChange={(isAutomatic) =>
              devices.choose({ thresholdDb: isAutomatic ? null : FIRST_THRESHOLD_DB })
            }
          />
          <Show when={chosen().thresholdDb !== null}>
            <div>
              <Slider
                label={t('voiceSettings.threshold')}
                min={MIN_THRESHOLD_DB}
                max={MAX_THRESHOLD_DB}
                step={1}
                value={chosen().thresholdDb ?? FIRST_THRESHOLD_DB}
                words={t('voiceSettings.decibels', chosen().thresholdDb ?? FIRST_THRESHOLD_DB)}
                onInput={(thresholdDb) => devices.choose({ thresholdDb })}
              />
              <p class="text-label text-third">{t('voiceSettings.thresholdSentence')}</p>
            </div>
          </Show>
        </Match>
        <Match when={chosen().inputMode === 'push'}>
          <KeyChoice />
          <Slider
            label={t('voiceSettings.release')}
            min={0}
            max={MAX_RELEASE_MS}
            step={50}
            value={chosen().releaseMs}
            words={t('voiceSettings.milliseconds', chosen().releaseMs)}
            onInput={(releaseMs) => devices.choose({ releaseMs })}
          />
        </Match>
      </Either>
    </>
  );
}

function KeyChoice() {
  const { devices } = useVoice();
  const [isAsking, setAsking] = createSignal(false);

  function hear(event: KeyboardEvent): void {
    event.preventDefault();
    event.stopPropagation();
    if (event.code !== 'Escape' && event.code !== '') devices.choose({ pushKey: event.code });
    stop();
  }
  function ask(): void {
    setAsking(true);
    addEventListener('keydown', hear, { capture: true });
  }
  function stop(): void {
    setAsking(false);
    removeEventListener('keydown', hear, { capture: true });
  }
  onCleanup(stop);

  return (
    <div class="flex flex-wrap items-center gap-x-6 gap-y-3">
      <div class="min-w-56 flex-1">
        <p class="font-medium">{t('voiceSettings.key')}</p>
        <p class="text-pretty text-second">{t('voiceSettings.keySentence')}</p>
      </div>
      <Button
        look="quiet"
        class="min-w-32"
        aria-pressed={isAsking()}
        onClick={() => (isAsking() ? stop() : ask())}
        onBlur={stop}
      >
        {isAsking() ? t('voiceSettings.pressKey') : keyName(devices.preferences().pushKey)}
      </Button>
    </div>
  );
}
