import { Show, createEffect, createSignal, on, onCleanup, onMount } from 'solid-js';
import { Button } from '../../design/button.tsx';
import { Choice } from '../../design/field.tsx';
import { Segments } from '../../design/segments.tsx';
import { Switch } from '../../design/switch.tsx';
import { t } from '../../strings/video.ts';
import { deviceChoices, presentDevice } from '../../voice/device-choices.ts';
import { canShareScreen, openCamera } from '../../voice/video/capture.ts';
import type { CaptureProblem } from '../../voice/video/capture.ts';
import { Stream } from '../../voice/video/picture.tsx';
import { shareProblem } from '../../voice/video/share-problem.ts';
import { useVoice } from '../../voice/voice.tsx';

/** Which camera shows one, and what one's screen is made for. */
export function CameraPart() {
  const { devices } = useVoice();
  const chosen = devices.preferences;
  onMount(() => void devices.refresh());
  return (
    <>
      <Choice
        label={t('video.camera')}
        value={presentDevice(devices.cameras(), chosen().camera)}
        choices={deviceChoices(devices.cameras(), t('video.defaultCamera'))}
        onChange={(camera) => devices.choose({ camera })}
      />
      <Preview />
      <Show when={canShareScreen()}>
        <div>
          <p class="mb-2 font-medium text-second">{t('video.screenSettings')}</p>
          <Segments
            label={t('video.screenSettings')}
            value={chosen().screenKind}
            choices={[
              { value: 'detail', label: t('video.kinds.detail') },
              { value: 'motion', label: t('video.kinds.motion') },
            ]}
            onChange={(screenKind) => devices.choose({ screenKind })}
          />
          <p class="mt-2 text-pretty text-third">{t('video.kindSentence')}</p>
        </div>
      </Show>
      <Switch
        label={t('video.savesData')}
        sentence={t('video.savesDataSentence')}
        checked={chosen().savesData}
        onChange={(savesData) => devices.choose({ savesData })}
      />
    </>
  );
}

/** Oneself, before others see one. */
function Preview() {
  const { devices } = useVoice();
  const [picture, setPicture] = createSignal<MediaStream>();
  const [problem, setProblem] = createSignal<Exclude<CaptureProblem, 'cancelled'>>();
  /** Grows with each start and stop. */
  let attempt = 0;

  function stop(): void {
    attempt++;
    for (const track of picture()?.getTracks() ?? []) track.stop();
    setPicture(undefined);
  }

  async function start(): Promise<void> {
    stop();
    setProblem(undefined);
    const mine = attempt;
    const opened = await openCamera(devices.preferences().camera);
    if (mine !== attempt) return opened.captured?.video.stop();
    if (opened.captured !== undefined) {
      setPicture(new MediaStream([opened.captured.video]));
      // Names are known only once a camera was allowed.
      void devices.refresh();
    } else if (opened.problem !== 'cancelled') setProblem(opened.problem);
  }

  createEffect(
    on(
      () => devices.preferences().camera,
      () => picture() && void start(),
      { defer: true },
    ),
  );
  onCleanup(stop);
  return (
    <div>
      <Show when={picture()}>
        {(shown) => (
          <div class="relative mb-3 aspect-video max-w-96 overflow-hidden rounded-large bg-rail">
            <Stream picture={shown()} isWhole={false} isMirrored />
          </div>
        )}
      </Show>
      <Button look="quiet" onClick={() => (picture() === undefined ? void start() : stop())}>
        {picture() === undefined ? t('video.preview') : t('video.stopPreview')}
      </Button>
      <Show
        when={problem()}
        fallback={<p class="mt-2 text-pretty text-third">{t('video.previewSentence')}</p>}
      >
        {(why) => (
          <p role="alert" class="mt-2 text-pretty text-danger-ink">
            {shareProblem({ what: 'camera', problem: why() })}
          </p>
        )}
      </Show>
    </div>
  );
}
