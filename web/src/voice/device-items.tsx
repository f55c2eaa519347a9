import { useNavigate } from '@solidjs/router';
import Mic from 'lucide-solid/icons/mic';
import Settings from 'lucide-solid/icons/settings';
import Volume2 from 'lucide-solid/icons/volume-2';
import { Show, onMount } from 'solid-js';
import { MenuItem, MenuLine } from '../design/menu.tsx';
import { MenuChoices, MenuSub } from '../design/menu-more.tsx';
import { t } from '../strings/call.ts';
import { deviceChoices, presentDevice } from './device-choices.ts';
import { useVoice } from './voice-context.tsx';

/** Microphone and speaker, changed in the middle of a call. */
export function DeviceItems() {
  const { devices } = useVoice();
  const navigate = useNavigate();
  const chosen = devices.preferences;
  onMount(() => void devices.refresh());
  const microphones = () => deviceChoices(devices.microphones(), t('call.systemDefault'));
  const speakers = () => deviceChoices(devices.speakers(), t('call.systemDefault'));
  const nameOf = (choices: readonly { value: string; label: string }[], id: string) =>
    choices.find((choice) => choice.value === id)?.label;
  const microphone = () => presentDevice(devices.microphones(), chosen().microphone);
  const speaker = () => presentDevice(devices.speakers(), chosen().speaker);
  return (
    <>
      <MenuSub icon={Mic} label={t('call.microphone')} hint={nameOf(microphones(), microphone())}>
        <MenuChoices
          value={microphone()}
          choices={microphones()}
          onChange={(id) => devices.choose({ microphone: id })}
        />
      </MenuSub>
      <Show when={devices.canChooseSpeaker}>
        <MenuSub icon={Volume2} label={t('call.speaker')} hint={nameOf(speakers(), speaker())}>
          <MenuChoices
            value={speaker()}
            choices={speakers()}
            onChange={(id) => devices.choose({ speaker: id })}
          />
        </MenuSub>
      </Show>
      <MenuLine />
      <MenuItem icon={Settings} onSelect={() => navigate('/settings/voice')}>
        {t('call.voiceSettings')}
      </MenuItem>
    </>
  );
}
