import { roleColor } from '../design/person-color.ts';

/** A role's colour, as names in it look. */
export function RoleDot(props: { color: number | null }) {
  return (
    <span
      aria-hidden="true"
      class="size-2.5 shrink-0 rounded-full bg-third"
      style={{ 'background-color': props.color === null ? undefined : roleColor(props.color) }}
    />
  );
}
