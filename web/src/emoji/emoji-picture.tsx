import type { MetEmoji } from '@harmonium/api/emoji';
import { Show } from 'solid-js';

interface EmojiPictureProps {
  emoji: Pick<MetEmoji, 'image' | 'animated'>;
  /** Empty where the name stands beside it, or is read out with what is around it. */
  label?: string;
  class: string;
}

/** One of a server's own emoji; it does not move for those who want nothing to. */
export function EmojiPicture(props: EmojiPictureProps) {
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  return (
    <Show
      when={props.emoji.animated && isStill}
      fallback={
        <img
          src={props.emoji.image}
          alt={props.label ?? ''}
          title={props.label}
          loading="lazy"
          draggable={false}
          class={`inline-block object-contain ${props.class}`}
        />
      }
    >
      <FirstFrame {...props} />
    </Show>
  );
}

/** A canvas draws of a moving picture the first one. */
function FirstFrame(props: EmojiPictureProps) {
  const picture = new Image();
  function draw(canvas: HTMLCanvasElement): void {
    picture.addEventListener('load', () => {
      canvas.width = picture.naturalWidth;
      canvas.height = picture.naturalHeight;
      canvas.getContext('2d')?.drawImage(picture, 0, 0);
    });
    picture.src = props.emoji.image;
  }
  return (
    <canvas
      ref={draw}
      role={props.label === undefined ? undefined : 'img'}
      aria-hidden={props.label === undefined}
      aria-label={props.label}
      title={props.label}
      class={`inline-block object-contain ${props.class}`}
    />
  );
}
