import type { Theme } from '@harmonium/api/themes';
import { For } from 'solid-js';
import { placeTheme } from '../settings/appearance.ts';
import { t } from '../strings/server-settings.ts';

const LOOKS: readonly { theme: Theme | null; name: string; sentence: string }[] = [
  {
    theme: null,
    name: t('serverSettings.server.noTheme'),
    sentence: t('serverSettings.server.noThemeSentence'),
  },
  {
    theme: 'harmonium',
    name: t('serverSettings.server.harmonium'),
    sentence: t('serverSettings.server.harmoniumSentence'),
  },
  {
    theme: 'cathedral',
    name: t('serverSettings.server.cathedral'),
    sentence: t('serverSettings.server.cathedralSentence'),
  },
  {
    theme: 'reed',
    name: t('serverSettings.server.reed'),
    sentence: t('serverSettings.server.reedSentence'),
  },
];

/** The server's colours, or none of its own. */
export function ThemeChoice(props: {
  value: string | null;
  onChange: (theme: Theme | null) => void;
}) {
  const mode = document.documentElement.dataset['mode'];
  return (
    <fieldset>
      <legend class="font-medium text-second">{t('serverSettings.server.theme')}</legend>
      <p class="mb-3 text-label text-third">{t('serverSettings.server.themeSentence')}</p>
      <div class="grid grid-cols-2 gap-3 tablet:grid-cols-4">
        <For each={LOOKS}>
          {(look) => (
            <label class="relative cursor-pointer rounded-medium border border-line bg-side p-2 transition has-checked:border-brass has-checked:bg-raised has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-brass hover:bg-raised">
              <input
                type="radio"
                name="server-theme"
                class="absolute inset-0 cursor-pointer appearance-none outline-none"
                checked={props.value === look.theme}
                onChange={() => props.onChange(look.theme)}
              />
              <span
                aria-hidden="true"
                data-theme={look.theme ?? placeTheme()}
                data-mode={mode}
                class="flex h-12 overflow-hidden rounded-small"
                classList={{ 'opacity-50': look.theme === null }}
              >
                <span class="w-1/5 bg-rail p-1">
                  <span class="block aspect-square rounded-[3px] bg-brass" />
                </span>
                <span class="w-[30%] bg-side" />
                <span class="flex flex-1 flex-col justify-end gap-1 bg-main p-1.5">
                  <span class="h-1 w-3/4 rounded-full bg-second" />
                  <span class="h-1 w-1/2 rounded-full bg-brass" />
                </span>
              </span>
              <span class="mt-2 block px-0.5 font-medium">{look.name}</span>
              <span class="block px-0.5 text-label text-third">{look.sentence}</span>
            </label>
          )}
        </For>
      </div>
    </fieldset>
  );
}
