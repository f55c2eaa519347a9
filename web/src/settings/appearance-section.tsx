import { For, Show } from 'solid-js';
import { t } from '../strings/strings.ts';
import { chooseMode, mode } from './appearance.ts';
import type { Mode } from './appearance.ts';

const MODES: readonly { mode: Mode; name: string; sentence: string }[] = [
  { mode: 'dark', name: t('settings.dark'), sentence: t('settings.darkSentence') },
  { mode: 'light', name: t('settings.light'), sentence: t('settings.lightSentence') },
  { mode: 'system', name: t('settings.system'), sentence: t('settings.systemSentence') },
];

export function AppearanceSection() {
  return (
    <fieldset>
      <legend class="mb-3 font-medium text-second">{t('settings.mode')}</legend>
      <div class="grid gap-4 tablet:grid-cols-3">
        <For each={MODES}>
          {(choice) => (
            <label class="group relative cursor-pointer rounded-large border border-line bg-side p-3 transition has-checked:border-brass has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-brass hover:bg-raised max-tablet:flex max-tablet:items-center max-tablet:gap-4">
              <input
                type="radio"
                name="mode"
                class="absolute inset-0 cursor-pointer appearance-none outline-none"
                checked={mode() === choice.mode}
                onChange={() => chooseMode(choice.mode)}
              />
              <div class="flex aspect-[16/10] overflow-hidden rounded-medium max-tablet:w-28 max-tablet:shrink-0">
                <Show when={choice.mode !== 'light'}>
                  <Miniature mode="dark" />
                </Show>
                <Show when={choice.mode !== 'dark'}>
                  <Miniature mode="light" />
                </Show>
              </div>
              <div class="px-1 tablet:mt-3">
                <span class="block font-medium">{choice.name}</span>
                <span class="block text-label text-third">{choice.sentence}</span>
              </div>
            </label>
          )}
        </For>
      </div>
    </fieldset>
  );
}

/** The app drawn very small, in the colours of one mode. */
function Miniature(props: { mode: 'dark' | 'light' }) {
  return (
    <div
      aria-hidden="true"
      data-theme="harmonium"
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
