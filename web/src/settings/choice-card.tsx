import type { JSX } from 'solid-js';

/** One of a group of pictures to choose from, with the app drawn small in it. */
export function ChoiceCard(props: {
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
