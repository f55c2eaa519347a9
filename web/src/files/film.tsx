import type { Attachment } from '@harmonium/api/attachment';
import { Show } from 'solid-js';
import { t } from '../strings/files.ts';
import { createAddress } from './create-address.ts';
import { createSource } from './create-source.ts';
import { FileCard } from './file-card.tsx';
import { singleExtent } from './grid-shape.ts';

interface MediaProps {
  channelId: string;
  attachment: Attachment;
}

/** A film, which plays where it stands. */
export function Film(props: MediaProps) {
  const held = createAddress(props.channelId, props.attachment);
  const { source, isLost, fail } = createSource(held);
  const extent = () => singleExtent(props.attachment);
  return (
    <Show
      when={!held.isGone() && !isLost()}
      fallback={
        <FileCard attachment={props.attachment} held={held}>
          <p class="px-3 pb-3 text-label text-third">{t('files.unplayable')}</p>
        </FileCard>
      }
    >
      <div
        class="max-w-full overflow-hidden rounded-medium bg-[#000]"
        style={{
          width: `${Math.max(280, extent().width)}px`,
          'aspect-ratio': `${Math.max(280, extent().width)} / ${extent().height}`,
        }}
      >
        <video
          controls
          preload="metadata"
          playsinline
          aria-label={props.attachment.name}
          src={source()}
          class="size-full object-contain"
          onError={fail}
        />
      </div>
    </Show>
  );
}

/** Something to listen to. */
export function Sound(props: MediaProps) {
  const held = createAddress(props.channelId, props.attachment);
  const { source, isLost, fail } = createSource(held);
  return (
    <FileCard attachment={props.attachment} held={held}>
      <div class="px-3 pb-3">
        <Show
          when={!isLost()}
          fallback={<p class="text-label text-third">{t('files.unplayable')}</p>}
        >
          <audio
            controls
            preload="metadata"
            aria-label={props.attachment.name}
            src={source()}
            class="h-10 w-full [&::-webkit-media-controls-enclosure]:rounded-small [&::-webkit-media-controls-enclosure]:bg-raised-more"
            onError={fail}
          />
        </Show>
      </div>
    </FileCard>
  );
}
