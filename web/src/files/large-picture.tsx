import type { Attachment } from '@harmonium/api/attachment';
import ImageOff from 'lucide-solid/icons/image-off';
import { Show, createSignal } from 'solid-js';
import { Reeds } from '../design/reeds.tsx';
import { t } from '../strings/files.ts';
import { blurAddress } from './blur.ts';
import type { createAddress } from './create-address.ts';
import { createSource } from './create-source.ts';
import type { Zoom } from './zoom.ts';

interface LargePictureProps {
  attachment: Attachment;
  held: ReturnType<typeof createAddress>;
  zoom: Zoom;
  pull: number;
  ref: (element: HTMLElement) => void;
}

/** A picture as large as fits, with what there is of it until it has come. */
export function LargePicture(props: LargePictureProps) {
  const { source, isLost, fail } = createSource(props.held);
  const [isThere, setIsThere] = createSignal(false);
  const ratio = () => {
    const { width = 4, height = 3 } = props.attachment;
    return width / height;
  };
  const behind = () =>
    isThere()
      ? undefined
      : (props.held.address()?.thumbnailUrl ?? blurAddress(props.attachment.blur));
  return (
    <Show
      when={!isLost() && !props.held.isGone()}
      fallback={
        <p role="alert" class="pointer-events-none grid justify-items-center gap-3">
          <ImageOff size={32} />
          {props.held.isGone() ? t('files.gone') : t('files.broken')}
        </p>
      }
    >
      <div
        ref={props.ref}
        class="relative cursor-zoom-in bg-cover bg-center"
        classList={{ 'cursor-grab active:cursor-grabbing': props.zoom.scale > 1 }}
        style={{
          'aspect-ratio': ratio(),
          // As wide as fits under the heading, and no larger than it is.
          width: `min(100vw, ${ratio()} * (100dvh - 4.5rem), ${props.attachment.width ?? 800}px)`,
          'background-image': behind() === undefined ? undefined : `url("${behind()}")`,
          transform: `translate(${props.zoom.x + props.pull}px, ${props.zoom.y}px) scale(${props.zoom.scale})`,
        }}
      >
        <Show when={source()}>
          {(address) => (
            <img
              src={address()}
              alt={props.attachment.name}
              draggable={false}
              class="size-full"
              onLoad={() => setIsThere(true)}
              onError={fail}
            />
          )}
        </Show>
        <Show when={!isThere()}>
          <span class="absolute inset-0 grid animate-late place-items-center">
            <Reeds kind="loading" size={28} />
          </span>
        </Show>
      </div>
    </Show>
  );
}
