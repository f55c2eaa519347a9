/** An emoji as people see it, by the key that reactions carry. */
export function EmojiFace(props: { emoji: string; size: number }) {
  return (
    <span
      aria-hidden="true"
      class="grid place-items-center leading-none"
      style={{
        width: `${props.size + 2}px`,
        height: `${props.size + 2}px`,
        'font-size': `${props.size}px`,
      }}
    >
      {props.emoji}
    </span>
  );
}
