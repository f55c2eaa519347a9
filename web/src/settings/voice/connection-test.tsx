import Check from 'lucide-solid/icons/check';
import CircleAlert from 'lucide-solid/icons/circle-alert';
import Copy from 'lucide-solid/icons/copy';
import Minus from 'lucide-solid/icons/minus';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { For, Match, Show, Switch } from 'solid-js';
import { Button } from '../../design/button.tsx';
import { Reeds } from '../../design/reeds.tsx';
import { useToasts } from '../../design/toast.tsx';
import { FormProblem } from '../../login/entry-page.tsx';
import { t } from '../../strings/connection-test.ts';
import { LEGS } from '../../voice/connection-test/legs.ts';
import type { Leg } from '../../voice/connection-test/legs.ts';
import { VERDICTS } from '../../voice/connection-test/verdict.ts';
import type { Standing } from '../../voice/connection-test/verdict.ts';
import { createConnectionTest } from './create-connection-test.ts';
import { HearYourself } from './hear-yourself.tsx';
import { conclusionOf, findingOf } from './leg-words.ts';

/** Goes the way of a call leg by leg, and says which one fails and what mends it. */
export function ConnectionTest() {
  const test = createConnectionTest();
  const toasts = useToasts();
  const isRunning = () => test.phase() === 'running';
  const conclusion = () =>
    test.phase() === 'done' ? conclusionOf(test.progress().legs) : undefined;

  /** Sound gets there and back. */
  const isOpen = () => {
    const end = conclusion();
    return end !== undefined && VERDICTS[end.verdict] !== 'bad';
  };

  /** For whoever runs the server: as it is on the screen. */
  async function copy(): Promise<void> {
    const { legs } = test.progress();
    const lines = LEGS.map((leg) => {
      const words = findingOf(leg, legs)?.words ?? t('connectionTest.skipped');
      return `${t(`connectionTest.legs.${leg}`)}: ${words}`;
    });
    const { sentence = '', operator = '' } = conclusion() ?? {};
    await navigator.clipboard.writeText([sentence, ...lines, operator].join('\n').trim());
    toasts.say(t('connectionTest.copied'));
  }

  return (
    <div>
      <FormProblem
        sentence={test.phase() === 'failed' ? t('connectionTest.didNotRun') : undefined}
      />
      <div class="rounded-large bg-side p-5">
        <div class="flex flex-wrap items-center gap-x-5 gap-y-4">
          <p class="min-w-56 flex-1 text-pretty text-second">
            {isRunning() ? t('connectionTest.running') : t('connectionTest.sentence')}
          </p>
          <Button
            look="quiet"
            class="max-tablet:w-full"
            onClick={() => (isRunning() ? test.stop() : void test.start())}
          >
            <Switch fallback={t('connectionTest.start')}>
              <Match when={isRunning()}>{t('connectionTest.stop')}</Match>
              <Match when={test.phase() === 'done'}>{t('connectionTest.again')}</Match>
            </Switch>
          </Button>
        </div>
        <Show when={isRunning() || test.phase() === 'done'}>
          <ul
            aria-label={t('connectionTest.results')}
            class="mt-5 flex animate-appear flex-col gap-3.5 border-t border-line pt-5"
          >
            <For each={LEGS}>
              {(leg) => (
                <LegRow
                  leg={leg}
                  finding={findingOf(leg, test.progress().legs)}
                  isLookedAt={test.progress().running.has(leg)}
                  isOver={!isRunning()}
                />
              )}
            </For>
          </ul>
        </Show>
        <div role="status">
          <Show when={conclusion()}>
            {(end) => (
              <div class="mt-5 animate-appear border-t border-line pt-5">
                <p
                  class="font-bold text-pretty"
                  classList={{
                    'text-live-ink': VERDICTS[end().verdict] === 'ok',
                    'text-brass-ink': VERDICTS[end().verdict] === 'warn',
                    'text-danger-ink': VERDICTS[end().verdict] === 'bad',
                  }}
                >
                  {end().sentence}
                </p>
                <Cure title={t('connectionTest.you')} sentence={end().you} />
                <Cure title={t('connectionTest.operator')} sentence={end().operator} />
                <Button look="bare" class="mt-3 -ml-3 px-3!" onClick={() => void copy()}>
                  <Copy size={16} />
                  {t('connectionTest.copy')}
                </Button>
              </div>
            )}
          </Show>
        </div>
        <Show when={isOpen()}>
          <HearYourself />
        </Show>
      </div>
    </div>
  );
}

function LegRow(props: {
  leg: Leg;
  finding: ReturnType<typeof findingOf>;
  isLookedAt: boolean;
  isOver: boolean;
}) {
  const standing = () => (props.isLookedAt ? 'looking' : (props.finding?.standing ?? 'off'));
  return (
    <li class="grid grid-cols-[20px_1fr] gap-x-3 tablet:grid-cols-[20px_140px_1fr]">
      <span class="grid h-[1.45em] place-items-center">
        <Sign standing={standing()} />
      </span>
      <span
        class="font-medium"
        classList={{ 'text-third': props.finding === undefined && !props.isLookedAt }}
      >
        {t(`connectionTest.legs.${props.leg}`)}
      </span>
      <span class="text-pretty break-words text-second max-tablet:col-start-2">
        {props.finding?.words ?? (props.isOver ? t('connectionTest.skipped') : '')}
      </span>
    </li>
  );
}

function Sign(props: { standing: Standing | 'off' | 'looking' }) {
  return (
    <Switch fallback={<Minus size={16} class="text-third" />}>
      <Match when={props.standing === 'looking'}>
        <Reeds kind="loading" size={16} class="text-brass-ink" />
      </Match>
      <Match when={props.standing === 'ok'}>
        <Check size={18} class="text-live-ink" />
      </Match>
      <Match when={props.standing === 'warn'}>
        <TriangleAlert size={16} class="text-brass-ink" />
      </Match>
      <Match when={props.standing === 'bad'}>
        <CircleAlert size={17} class="text-danger-ink" />
      </Match>
    </Switch>
  );
}

function Cure(props: { title: string; sentence: string | undefined }) {
  return (
    <Show when={props.sentence}>
      <div class="mt-3">
        <p class="text-label font-medium text-third">{props.title}</p>
        <p class="text-pretty text-second">{props.sentence}</p>
      </div>
    </Show>
  );
}
