import type { Theme } from '@harmonium/api/themes';
import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { t } from '../strings/settings.ts';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import { useSession } from '../session-context.tsx';
import { chosenTheme, mode, placeTheme, theme } from './appearance.ts';
import type { Mode } from './appearance.ts';

const MODES: readonly { mode: Mode; name: string; sentence: string }[] = [
  { mode: 'dark', name: t('settings.dark'), sentence: t('settings.darkSentence') },
  { mode: 'light', name: t('settings.light'), sentence: t('settings.lightSentence') },
  { mode: 'system', name: t('settings.system'), sentence: t('settings.systemSentence') },
];

const LOOKS: readonly { theme: Theme | undefined; name: string; sentence: string }[] = [
  { theme: 'harmonium', name: t('settings.harmonium'), sentence: t('settings.harmoniumSentence') },
  { theme: 'cathedral', name: t('settings.cathedral'), sentence: t('settings.cathedralSentence') },
  { theme: 'reed', name: t('settings.reed'), sentence: t('settings.reedSentence') },
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
  const shownMode = () => (mode() === 'light' ? 'light' : 'dark');
  return (
    <div class="flex flex-col gap-8">
      <fieldset>
        <legend class="mb-3 font-medium text-second">{t('settings.theme')}</legend>
        <div class="grid gap-4 tablet:grid-cols-2">
          <For each={LOOKS}>
            {(look) => (
              <Choice
                group="theme"
                name={look.name}
                sentence={look.sentence}
                checked={chosenTheme() === look.theme}
                onChoose={() => choose({ theme: look.theme })}
              >
                <Miniature theme={look.theme ?? placeTheme()} mode={shownMode()} />
              </Choice>
            )}
          </For>
        </div>
      </fieldset>
      <fieldset>
        <legend class="mb-3 font-medium text-second">{t('settings.mode')}</legend>
        <div class="grid gap-4 tablet:grid-cols-3">
          <For each={MODES}>
            {(choice) => (
              <Choice
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
              </Choice>
            )}
          </For>
        </div>
      </fieldset>
    </div>
  );
}

/** One of a group of pictures to choose from, with the app drawn small in it. */
function Choice(props: {
  group: string;
  name: string;
  sentence: string;
  checked: boolean;
  onChoose: () => void;
  children: JSX.Element;
}) {
  return (
    <label class="group relative cursor-pointer rounded-large border border-line bg-side p-3 transition has-checked:border-brass has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-brass hover:bg-raised max-tablet:flex max-tablet:items-center max-tablet:gap-4">
      <input
        type="radio"
        name={props.group}
        class="absolute inset-0 cursor-pointer appearance-none outline-none"
        checked={props.checked}
        onChange={() => props.onChoose()}
      />
      <div class="flex aspect-[16/10] overflow-hidden rounded-medium max-tablet:w-28 max-tablet:shrink-0">
        {props.children}
      </div>
      <div class="px-1 tablet:mt-3">
        <span class="block font-medium">{props.name}</span>
        <span class="block text-label text-third">{props.sentence}</span>
      </div>
    </label>
  );
}

/** The app drawn very small, in the colours of one theme and mode. */
function Miniature(props: { theme: Theme; mode: 'dark' | 'light' }) {
  return (
    <div
      aria-hidden="true"
      data-theme={props.theme}
      data-mode={props.mode}
      class="flex min-w-0 flex-1 bg-main"
    >
      <div class="w-[14%] bg-rail p-[3%]">
        <div class="aspect-square rounded-[3px] bg-brass" />
      </div>
      <div class="flex w-[30%] flex-col gap-1 bg-side p-1.5">
        <div class="h-1 rounded-full bg-third opacity-60" />
        <div class="h-1 w-2/3 rounded-full bg-third opacity-60" />
      </div>
      <div class="flex flex-1 flex-col justify-end gap-1 p-1.5">
        <div class="h-1 w-3/4 rounded-full bg-second" />
        <div class="h-1 w-1/2 rounded-full bg-second" />
        <div class="h-2 rounded-[3px] bg-raised-more" />
      </div>
    </div>
  );
}
