import { useNavigate } from '@solidjs/router';
import Mic from 'lucide-solid/icons/mic';
import Monitor from 'lucide-solid/icons/monitor';
import Settings from 'lucide-solid/icons/settings';
import VideoIcon from 'lucide-solid/icons/video';
import Volume2 from 'lucide-solid/icons/volume-2';
import { Show, onMount } from 'solid-js';
import { MenuItem, MenuLine } from '../design/menu.tsx';
import { MenuChoices, MenuSub } from '../design/menu-more.tsx';
import { t } from '../strings/call.ts';
import { t as words } from '../strings/video.ts';
import { deviceChoices, presentDevice } from './device-choices.ts';
import { canShareScreen } from './video/capture.ts';
import { useVoice } from './voice-context.tsx';

/** Microphone and speaker, changed in the middle of a call. */
export function DeviceItems() {
  const { devices } = useVoice();
  const navigate = useNavigate();
  const chosen = devices.preferences;
  onMount(() => void devices.refresh());
  const microphones = () => deviceChoices(devices.microphones(), t('call.systemDefault'));
  const speakers = () => deviceChoices(devices.speakers(), t('call.systemDefault'));
  const cameras = () => deviceChoices(devices.cameras(), t('call.systemDefault'));
  const nameOf = (choices: readonly { value: string; label: string }[], id: string) =>
    choices.find((choice) => choice.value === id)?.label;
  const microphone = () => presentDevice(devices.microphones(), chosen().microphone);
  const speaker = () => presentDevice(devices.speakers(), chosen().speaker);
  const camera = () => presentDevice(devices.cameras(), chosen().camera);
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
      <Show when={cameras().length > 1}>
        <MenuSub icon={VideoIcon} label={words('video.camera')} hint={nameOf(cameras(), camera())}>
          <MenuChoices
            value={camera()}
            choices={cameras()}
            onChange={(id) => devices.choose({ camera: id })}
          />
        </MenuSub>
      </Show>
      <Show when={canShareScreen()}>
        <MenuSub
          icon={Monitor}
          label={words('video.screenSettings')}
          hint={words(`video.kinds.${chosen().screenKind}`)}
        >
          <MenuChoices
            value={chosen().screenKind}
            choices={[
              { value: 'detail', label: words('video.kinds.detail') },
              { value: 'motion', label: words('video.kinds.motion') },
            ]}
            onChange={(kind) =>
              devices.choose({ screenKind: kind === 'motion' ? 'motion' : 'detail' })
            }
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
