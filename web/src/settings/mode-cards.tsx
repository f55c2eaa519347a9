import type { Theme } from '@harmonium/api/themes';
import { For, Show } from 'solid-js';
import type { Mode } from './appearance.ts';
import { ChoiceCard } from './choice-card.tsx';
import { MODES } from './looks.ts';
import { Miniature } from './miniature.tsx';

interface ModeCardsProps {
  group: string;
  legend: string;
  chosen: Mode | null | undefined;
  /** In which they are drawn. */
  theme: Theme;
  onChoose: (mode: Mode) => void;
}

/** Dark, light, or as the device has it. */
export function ModeCards(props: ModeCardsProps) {
  return (
    <fieldset>
      <legend class="mb-3 font-medium text-second">{props.legend}</legend>
      <div class="grid gap-4 tablet:grid-cols-3">
        <For each={MODES}>
          {(choice) => (
            <ChoiceCard
              group={props.group}
              name={choice.name}
              sentence={choice.sentence}
              checked={props.chosen === choice.mode}
              onChoose={() => props.onChoose(choice.mode)}
            >
              <Show when={choice.mode !== 'light'}>
                <Miniature theme={props.theme} mode="dark" />
              </Show>
              <Show when={choice.mode !== 'dark'}>
                <Miniature theme={props.theme} mode="light" />
              </Show>
            </ChoiceCard>
          )}
        </For>
      </div>
    </fieldset>
  );
}
