import { createMemo } from 'solid-js';
import { encode } from 'uqr';

/** A QR code, dark on white in every theme: cameras want it so. */
export function QrCode(props: { text: string; label: string }) {
  const code = createMemo(() => encode(props.text, { ecc: 'M', border: 3 }));
  const path = () =>
    code()
      .data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
      .join('');
  return (
    <svg
      role="img"
      aria-label={props.label}
      viewBox={`0 0 ${code().size} ${code().size}`}
      shape-rendering="crispEdges"
      class="mx-auto size-52 rounded-medium bg-[#fff]"
    >
      <path d={path()} fill="#000" />
    </svg>
  );
}
