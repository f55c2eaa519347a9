import type { Theme } from '@harmonium/api/themes';
import { For, Show } from 'solid-js';
import { t } from '../strings/settings.ts';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import { useSession } from '../session-context.tsx';
import { chosenTheme, mode, placeTheme, shownMode, theme } from './appearance.ts';
import type { Mode } from './appearance.ts';
import { ChoiceCard } from './choice-card.tsx';
import { MODES, THEME_LOOKS } from './looks.ts';
import { Miniature } from './miniature.tsx';

const LOOKS: readonly { theme: Theme | undefined; name: string; sentence: string }[] = [
  ...THEME_LOOKS,
  {
    theme: undefined,
    name: t('settings.followTheme'),
    sentence: t('settings.followThemeSentence'),
  },
];

export function AppearanceSection() {
  const { preferences } = useSession();
  const toasts = useToasts();
  const choose = (changes: { theme?: Theme | undefined; mode?: Mode }) =>
    void preferences
      .choose(changes)
      .catch((problem: unknown) => toasts.complain(problemSentence(problem)));
  return (
    <div class="flex flex-col gap-8">
      <fieldset>
        <legend class="mb-3 font-medium text-second">{t('settings.theme')}</legend>
        <div class="grid gap-4 tablet:grid-cols-2">
          <For each={LOOKS}>
            {(look) => (
              <ChoiceCard
                group="theme"
                name={look.name}
                sentence={look.sentence}
                checked={chosenTheme() === look.theme}
                onChoose={() => choose({ theme: look.theme })}
              >
                <Miniature theme={look.theme ?? placeTheme()} mode={shownMode()} />
              </ChoiceCard>
            )}
          </For>
        </div>
      </fieldset>
      <fieldset>
        <legend class="mb-3 font-medium text-second">{t('settings.mode')}</legend>
        <div class="grid gap-4 tablet:grid-cols-3">
          <For each={MODES}>
            {(choice) => (
              <ChoiceCard
                group="mode"
                name={choice.name}
                sentence={choice.sentence}
                checked={mode() === choice.mode}
                onChoose={() => choose({ mode: choice.mode })}
              >
                <Show when={choice.mode !== 'light'}>
                  <Miniature theme={theme()} mode="dark" />
                </Show>
                <Show when={choice.mode !== 'dark'}>
                  <Miniature theme={theme()} mode="light" />
                </Show>
              </ChoiceCard>
            )}
          </For>
        </div>
      </fieldset>
    </div>
  );
}
