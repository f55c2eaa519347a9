import Check from 'lucide-solid/icons/check';
import Pipette from 'lucide-solid/icons/pipette';
import { For, Show } from 'solid-js';
import { TextInput } from '../design/field.tsx';
import { roleColor } from '../design/person-color.ts';
import { Switch } from '../design/switch.tsx';
import { theme } from '../settings/appearance.ts';
import { t } from '../strings/server-settings.ts';

/** Hues that are told apart in both modes; only hue and strength count, see `roleColor`. */
const SHADES = [
  ['rose', 0xe0_5a_7d],
  ['red', 0xd9_3b_3b],
  ['orange', 0xe0_70_2a],
  ['amber', 0xe0_a0_20],
  ['lime', 0x9a_b5_2a],
  ['green', 0x35_a3_6a],
  ['teal', 0x1f_a3_93],
  ['cyan', 0x1f_9f_c4],
  ['sky', 0x3f_8f_e0],
  ['blue', 0x4a_68_e0],
  ['violet', 0x8a_5a_e0],
  ['magenta', 0xc2_4f_c0],
] as const;

interface Look {
  name: string;
  color: number | null;
  hoist: boolean;
  mentionable: boolean;
}

interface RoleLookProps {
  look: Look;
  disabled: boolean;
  nameProblem: string | undefined;
  onChange: (change: Partial<Look>) => void;
}

/** How a role is called and how its members are shown. */
export function RoleLook(props: RoleLookProps) {
  return (
    <div class="flex flex-col gap-7">
      <TextInput
        label={t('roles.name')}
        problem={props.nameProblem}
        required
        maxLength={100}
        autocomplete="off"
        disabled={props.disabled}
        value={props.look.name}
        onInput={(name) => props.onChange({ name })}
      />
      <ColorChoice {...props} />
      <div class="flex flex-col gap-5">
        <Switch
          label={t('roles.hoist')}
          sentence={t('roles.hoistSentence')}
          checked={props.look.hoist}
          disabled={props.disabled}
          onChange={(hoist) => props.onChange({ hoist })}
        />
        <Switch
          label={t('roles.mentionable')}
          sentence={t('roles.mentionableSentence')}
          checked={props.look.mentionable}
          disabled={props.disabled}
          onChange={(mentionable) => props.onChange({ mentionable })}
        />
      </div>
    </div>
  );
}

function ColorChoice(props: RoleLookProps) {
  const isCustom = () =>
    props.look.color !== null && !SHADES.some(([, color]) => color === props.look.color);
  return (
    <fieldset disabled={props.disabled} class="disabled:opacity-60">
      <legend class="font-medium text-second">{t('roles.color')}</legend>
      <p class="mb-3 text-label text-third">{t('roles.colorSentence')}</p>
      <div class="flex flex-wrap gap-2">
        <Swatch
          label={t('roles.noColor')}
          color={null}
          checked={props.look.color === null}
          onChoose={() => props.onChange({ color: null })}
        />
        <For each={SHADES}>
          {([shade, color]) => (
            <Swatch
              label={t(`roles.shade.${shade}`)}
              color={color}
              checked={props.look.color === color}
              onChoose={() => props.onChange({ color })}
            />
          )}
        </For>
        <label
          title={t('roles.customColor')}
          class="relative grid size-8 cursor-pointer place-items-center rounded-full border border-line text-second transition has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-brass hover:bg-raised hover:text-ink pointer-coarse:size-11"
          style={{
            'background-color': isCustom() ? roleColor(props.look.color ?? 0) : undefined,
          }}
        >
          <input
            type="color"
            aria-label={t('roles.customColor')}
            class="absolute inset-0 size-full cursor-pointer opacity-0"
            value={`#${(props.look.color ?? 0x80_80_80).toString(16).padStart(6, '0')}`}
            onInput={(event) =>
              props.onChange({ color: Number.parseInt(event.currentTarget.value.slice(1), 16) })
            }
          />
          <Pipette size={15} classList={{ 'text-main': isCustom() }} />
        </label>
      </div>
      <div class="mt-4 grid grid-cols-2 gap-3">
        <Preview mode="dark" label={t('roles.previewDark')} look={props.look} />
        <Preview mode="light" label={t('roles.previewLight')} look={props.look} />
      </div>
    </fieldset>
  );
}

function Swatch(props: {
  label: string;
  color: number | null;
  checked: boolean;
  onChoose: () => void;
}) {
  return (
    <label
      title={props.label}
      class="relative grid size-8 cursor-pointer place-items-center rounded-full text-main transition has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-brass hover:scale-110 pointer-coarse:size-11"
      classList={{ 'border-2 border-dashed border-third/60 text-second': props.color === null }}
      style={{ 'background-color': props.color === null ? undefined : roleColor(props.color) }}
    >
      <input
        type="radio"
        name="role-color"
        aria-label={props.label}
        class="absolute inset-0 cursor-pointer appearance-none outline-none"
        checked={props.checked}
        onChange={() => props.onChoose()}
      />
      <Show when={props.checked}>
        <Check size={17} strokeWidth={3} />
      </Show>
    </label>
  );
}

/** A name in the role's colour, as it looks in one mode. */
function Preview(props: { mode: 'dark' | 'light'; label: string; look: Look }) {
  return (
    <div
      role="img"
      aria-label={props.label}
      title={props.label}
      data-theme={theme()}
      data-mode={props.mode}
      class="overflow-hidden rounded-medium border border-line bg-main px-3.5 py-2.5"
    >
      <p
        class="truncate font-medium text-ink"
        style={{ color: props.look.color === null ? undefined : roleColor(props.look.color) }}
      >
        {props.look.name}
      </p>
      <p class="truncate text-second">{t('roles.previewText')}</p>
    </div>
  );
}
