import Ear from 'lucide-solid/icons/ear';
import { Show } from 'solid-js';
import { Switch } from '../../design/switch.tsx';
import { t } from '../../strings/connection-test.ts';
import { createEcho } from './create-echo.ts';

/** One's own voice, there and back, for as long as one wants to hear it. */
export function HearYourself() {
  const echo = createEcho();
  const sentence = () =>
    t(echo.phase() === 'on' ? 'connectionTest.echo.on' : 'connectionTest.echo.sentence');
  return (
    <div class="mt-5 border-t border-line pt-5">
      <Switch
        icon={Ear}
        label={t('connectionTest.echo.title')}
        sentence={sentence()}
        checked={echo.phase() !== 'off'}
        onChange={(isWanted) => (isWanted ? void echo.start() : echo.stop())}
      />
      <Show when={echo.problem()}>
        {(problem) => (
          <p role="alert" class="mt-3 pl-[35px] text-pretty text-danger-ink">
            {t(`connectionTest.echo.problems.${problem()}`)}
          </p>
        )}
      </Show>
    </div>
  );
}
