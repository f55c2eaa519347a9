import type { Shown } from './files-provider.tsx';

export function Lightbox(props: Shown & { onClose: () => void }) {
  return <button onClick={() => props.onClose()}>{props.author}</button>;
}
