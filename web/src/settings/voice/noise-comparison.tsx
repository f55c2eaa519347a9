import Play from 'lucide-solid/icons/play';
import { Show, createSignal, onCleanup } from 'solid-js';
import { Button } from '../../design/button.tsx';
import { FormProblem } from '../../login/entry-page.tsx';
import { t } from '../../strings/voice-settings.ts';
import type { NoiseSample, NoiseSampleProblem } from '../../voice/sound/noise-sample.ts';
import { useVoice } from '../../voice/voice.tsx';

const SECONDS = 5;

const PROBLEMS: Record<NoiseSampleProblem, () => string> = {
  none: () => t('voiceSettings.micMissing'),
  blocked: () => t('voiceSettings.micBlocked'),
  busy: () => t('voiceSettings.micBusy'),
  insecure: () => t('voiceSettings.micInsecure'),
  not_supported: () => t('voiceSettings.cannotCompare'),
};

/** The same five seconds with and without RNNoise: nobody has to believe it. */
export function NoiseComparison() {
  const { devices } = useVoice();
  const [left, setLeft] = createSignal(0);
  const [sample, setSample] = createSignal<NoiseSample>();
  const [problem, setProblem] = createSignal<NoiseSampleProblem>();
  const player = new Audio();
  const gone = new AbortController();
  let ticking: ReturnType<typeof setInterval> | undefined;
  onCleanup(() => {
    gone.abort();
    clearInterval(ticking);
    player.pause();
    forget();
  });

  function forget(): void {
    const old = sample();
    if (old === undefined) return;
    URL.revokeObjectURL(old.with);
    URL.revokeObjectURL(old.without);
    setSample(undefined);
  }

  async function record(): Promise<void> {
    player.pause();
    forget();
    setProblem(undefined);
    setLeft(SECONDS);
    const { recordNoiseSample } = await import('../../voice/sound/noise-sample.ts');
    ticking = setInterval(() => setLeft((seconds) => Math.max(1, seconds - 1)), 1000);
    const recorded = await recordNoiseSample(devices.preferences(), SECONDS * 1000, gone.signal);
    clearInterval(ticking);
    setLeft(0);
    if ('problem' in recorded) setProblem(recorded.problem);
    else setSample(recorded);
    if (gone.signal.aborted) forget();
  }

  async function play(address: string): Promise<void> {
    const { speaker } = devices.preferences();
    player.src = address;
    if ('setSinkId' in player && speaker !== '') {
      // An unplugged device: the sound stays where it was.
      await player.setSinkId(speaker).catch(() => {});
    }
    await player.play();
  }

  return (
    <div>
      <FormProblem sentence={problem() && PROBLEMS[problem() ?? 'none']()} />
      <div class="flex flex-wrap items-center gap-x-5 gap-y-4 rounded-large bg-side p-5">
        <div class="min-w-56 flex-1">
          <p class="font-medium">{t('voiceSettings.compare')}</p>
          <p class="text-pretty text-second">{t('voiceSettings.compareSentence')}</p>
        </div>
        <div class="flex flex-wrap gap-2 max-tablet:w-full">
          <Show when={sample()}>
            {(recorded) => (
              <>
                <Button look="quiet" onClick={() => void play(recorded().without)}>
                  <Play size={16} />
                  {t('voiceSettings.playWithout')}
                </Button>
                <Button onClick={() => void play(recorded().with)}>
                  <Play size={16} />
                  {t('voiceSettings.playWith')}
                </Button>
              </>
            )}
          </Show>
          <Button look="quiet" disabled={left() > 0} onClick={() => void record()}>
            <Show
              when={left() > 0}
              fallback={
                sample() === undefined ? t('voiceSettings.record') : t('voiceSettings.recordAgain')
              }
            >
              {t('voiceSettings.recording', left())}
            </Show>
          </Button>
        </div>
      </div>
    </div>
  );
}
