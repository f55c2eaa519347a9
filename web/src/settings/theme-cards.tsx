import type { Theme } from '@harmonium/api/themes';
import { For, Show } from 'solid-js';
import { ChoiceCard } from './choice-card.tsx';
import type { ThemeLook } from './looks.ts';
import { Miniature } from './miniature.tsx';

interface ThemeCardsProps<Choice extends Theme | null | undefined> {
  group: string;
  legend: string;
  sentence?: string;
  looks: readonly ThemeLook<Choice>[];
  chosen: Choice;
  /** What is drawn for the choice of none. */
  otherwise: Theme;
  mode: 'dark' | 'light';
  /** How many stand beside each other where there is room. */
  columns: keyof typeof COLUMNS;
  onChoose: (theme: Choice) => void;
}

const COLUMNS = {
  2: 'gap-4 tablet:grid-cols-2',
  3: 'gap-4 tablet:grid-cols-3',
  4: 'gap-3 tablet:grid-cols-4',
};

/** Themes to choose from, drawn in the mode in which they will be seen. */
export function ThemeCards<Choice extends Theme | null | undefined>(
  props: ThemeCardsProps<Choice>,
) {
  return (
    <fieldset>
      <legend class="font-medium text-second" classList={{ 'mb-3': props.sentence === undefined }}>
        {props.legend}
      </legend>
      <Show when={props.sentence}>
        <p class="mb-3 text-label text-third">{props.sentence}</p>
      </Show>
      <div class={`grid ${COLUMNS[props.columns]}`}>
        <For each={props.looks}>
          {(look) => (
            <ChoiceCard
              group={props.group}
              name={look.name}
              sentence={look.sentence}
              checked={props.chosen === look.theme}
              onChoose={() => props.onChoose(look.theme)}
            >
              <Miniature theme={look.theme ?? props.otherwise} mode={props.mode} />
            </ChoiceCard>
          )}
        </For>
      </div>
    </fieldset>
  );
}
