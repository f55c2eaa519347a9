import { Show, onMount } from 'solid-js';
import type { JSX } from 'solid-js';
import { Choice } from '../../design/field.tsx';
import { Segments } from '../../design/segments.tsx';
import { Slider } from '../../design/slider.tsx';
import { Switch } from '../../design/switch.tsx';
import { t as test } from '../../strings/connection-test.ts';
import { t } from '../../strings/voice-settings.ts';
import { deviceChoices, presentDevice } from '../../voice/device-choices.ts';
import { useVoice } from '../../voice/voice.tsx';
import { CameraPart } from './camera-part.tsx';
import { ConnectionTest } from './connection-test.tsx';
import { MicrophoneTest } from './microphone-test.tsx';
import { NoiseComparison } from './noise-comparison.tsx';
import { WhenHeard } from './when-heard.tsx';

/** How one speaks and hears on this device; everything holds at once, in a call too. */
export function VoiceSection() {
  const voice = useVoice();
  const { devices } = voice;
  const chosen = devices.preferences;
  onMount(() => {
    void devices.refresh();
    // A call that failed leads to the test.
    if (location.hash === '#connection') document.querySelector('#connection')?.scrollIntoView();
  });
  return (
    <div class="flex max-w-[640px] flex-col gap-10">
      <Part title={t('voiceSettings.devices')}>
        <div class="grid gap-5 tablet:grid-cols-2">
          <Choice
            label={t('voiceSettings.microphone')}
            value={presentDevice(devices.microphones(), chosen().microphone)}
            choices={deviceChoices(devices.microphones(), t('voiceSettings.defaultDevice'))}
            onChange={(microphone) => devices.choose({ microphone })}
          />
          <div>
            <Choice
              label={t('voiceSettings.speaker')}
              value={presentDevice(devices.speakers(), chosen().speaker)}
              choices={deviceChoices(devices.speakers(), t('voiceSettings.defaultDevice'))}
              onChange={(speaker) => devices.choose({ speaker })}
              disabled={!devices.canChooseSpeaker}
            />
            <Show when={!devices.canChooseSpeaker}>
              <p class="mt-1.5 text-label text-third">{t('voiceSettings.speakerFixed')}</p>
            </Show>
          </div>
        </div>
        <MicrophoneTest />
      </Part>
      <Part title={t('voiceSettings.when')}>
        <WhenHeard />
      </Part>
      <Part title={t('voiceSettings.noise')}>
        <div>
          <Segments
            label={t('voiceSettings.suppression')}
            value={chosen().noiseSuppression}
            choices={[
              { value: 'rnnoise', label: t('voiceSettings.rnnoise') },
              { value: 'browser', label: t('voiceSettings.browser') },
              { value: 'off', label: t('voiceSettings.off') },
            ]}
            onChange={(noiseSuppression) => devices.choose({ noiseSuppression })}
          />
          <p class="mt-2 text-pretty text-third">{t('voiceSettings.suppressionSentence')}</p>
        </div>
        <NoiseComparison />
        <Switch
          label={t('voiceSettings.echo')}
          sentence={t('voiceSettings.echoSentence')}
          checked={chosen().echoCancellation}
          onChange={(echoCancellation) => devices.choose({ echoCancellation })}
        />
        <Switch
          label={t('voiceSettings.gain')}
          sentence={t('voiceSettings.gainSentence')}
          checked={chosen().autoGain}
          onChange={(autoGain) => devices.choose({ autoGain })}
        />
      </Part>
      <Part title={t('voiceSettings.video')}>
        <CameraPart />
      </Part>
      <Part title={t('voiceSettings.cues')}>
        <Switch
          label={t('voiceSettings.cuesSwitch')}
          sentence={t('voiceSettings.cuesSentence')}
          checked={chosen().cues}
          onChange={(cues) => {
            devices.choose({ cues });
            if (cues) voice.playCue('joined');
          }}
        />
        <div onPointerUp={() => voice.playCue('joined')}>
          <Slider
            label={t('voiceSettings.cueVolume')}
            min={0}
            max={100}
            step={5}
            value={Math.round(chosen().cueVolume * 100)}
            words={t('voiceSettings.percent', Math.round(chosen().cueVolume * 100))}
            disabled={!chosen().cues}
            onInput={(value) => devices.choose({ cueVolume: value / 100 })}
          />
        </div>
      </Part>
      <Part title={test('connectionTest.title')} id="connection">
        <ConnectionTest />
      </Part>
    </div>
  );
}

function Part(props: { title: string; id?: string; children: JSX.Element }) {
  return (
    <section id={props.id} class="flex flex-col gap-5">
      <h3 class="text-message font-bold">{props.title}</h3>
      {props.children}
    </section>
  );
}
