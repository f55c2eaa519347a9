import { Slider } from '../design/slider.tsx';
import { Switch } from '../design/switch.tsx';
import { t } from '../strings/call.ts';
import { useVoice } from './voice-context.tsx';
import { MAX_VOLUME } from './volumes.ts';

/** How loud somebody is, for oneself alone. */
export function PersonVolume(props: { userId: string }) {
  const { volumes } = useVoice();
  const chosen = () => volumes.of(props.userId);
  const percent = () => Math.round(chosen().volume * 100);
  return (
    <section class="mt-4 flex flex-col gap-3 border-t border-line pt-4">
      <div>
        <Slider
          label={t('call.volumeOf')}
          min={0}
          max={MAX_VOLUME * 100}
          step={5}
          value={percent()}
          words={t('call.percent', percent())}
          disabled={chosen().muted}
          onInput={(value) => volumes.choose(props.userId, { volume: value / 100 })}
        />
        <p class="text-label text-third">{t('call.volumeSentence')}</p>
      </div>
      <Switch
        label={t('call.silence')}
        checked={chosen().muted}
        onChange={(muted) => volumes.choose(props.userId, { muted })}
      />
    </section>
  );
}
