import { createUniqueId } from 'solid-js';

interface SliderProps {
  label: string;
  /** Seen only by those who hear the page: what is beside it says it to the others. */
  hideLabel?: boolean;
  min: number;
  max: number;
  step: number;
  value: number;
  /** How the value is said. */
  words: string;
  disabled?: boolean;
  onInput: (value: number) => void;
}

/** A value between two ends, with its words. */
export function Slider(props: SliderProps) {
  const id = createUniqueId();
  const filled = () => ((props.value - props.min) / (props.max - props.min)) * 100;
  return (
    <div>
      <div class="mb-1 flex items-baseline justify-between gap-3">
        <label
          for={id}
          class="font-medium text-second"
          classList={{ 'sr-only': props.hideLabel === true }}
        >
          {props.label}
        </label>
        <output for={id} class="ml-auto text-label text-third tabular-nums">
          {props.words}
        </output>
      </div>
      <input
        id={id}
        type="range"
        min={props.min}
        max={props.max}
        step={props.step}
        value={props.value}
        disabled={props.disabled}
        aria-valuetext={props.words}
        class="slider h-6 w-full cursor-pointer appearance-none bg-transparent disabled:cursor-not-allowed disabled:opacity-50 pointer-coarse:h-11"
        style={{ '--filled': `${filled()}%` }}
        onInput={(event) => props.onInput(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
