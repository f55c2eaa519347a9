import type { Attachment } from '@harmonium/api/attachment';
import ImageOff from 'lucide-solid/icons/image-off';
import Play from 'lucide-solid/icons/play';
import { Match, Show, Switch, createSignal } from 'solid-js';
import { t } from '../strings/files.ts';
import { blurAddress } from './blur.ts';
import { createAddress } from './create-address.ts';
import { createSource } from './create-source.ts';
import { useFiles } from './files-provider.tsx';
import { Still } from './still.tsx';

interface PictureProps {
  channelId: string;
  attachment: Attachment;
  onOpen: () => void;
}

/** May move; whether it does, only its bytes say. */
const MOVING = /^image\/(gif|webp)$/;

/** One picture of a message: its place is taken before it is there, so that nothing moves. */
export function Picture(props: PictureProps) {
  const files = useFiles();
  const held = createAddress(props.channelId, props.attachment);
  const [isThere, setIsThere] = createSignal(false);
  const [isPlaying, setIsPlaying] = createSignal(
    !matchMedia('(prefers-reduced-motion: reduce)').matches,
  );
  const behind =
    files.uploads()?.previewOf(props.attachment.id) ?? blurAddress(props.attachment.blur);
  const { source, isLost, fail } = createSource(
    held,
    ({ thumbnailUrl, url }) => thumbnailUrl ?? url,
  );
  const isStill = () =>
    !isPlaying() &&
    MOVING.test(props.attachment.type) &&
    held.address()?.thumbnailUrl === undefined;

  return (
    <Switch>
      <Match when={held.isGone() || isLost()}>
        <div class="grid size-full place-content-center justify-items-center gap-1.5 bg-raised p-2 text-center text-label text-third">
          <ImageOff size={20} />
          {held.isGone() ? t('files.gone') : t('files.broken')}
        </div>
      </Match>
      <Match when={true}>
        <button
          type="button"
          class="group/picture relative block size-full cursor-zoom-in overflow-hidden bg-raised bg-cover bg-center"
          style={{ 'background-image': !isThere() && behind ? `url(${behind})` : undefined }}
          aria-label={
            isStill()
              ? t('files.play', props.attachment.name)
              : t('files.open', props.attachment.name)
          }
          title={props.attachment.name}
          onClick={() => (isStill() ? setIsPlaying(true) : props.onOpen())}
        >
          <Show when={source()}>
            {(address) => (
              <Show when={!isStill()} fallback={<Still source={address()} />}>
                <img
                  src={address()}
                  alt=""
                  loading="lazy"
                  decoding="async"
                  class="absolute inset-0 size-full object-cover transition-[filter] group-hover/picture:brightness-105"
                  onLoad={() => setIsThere(true)}
                  onError={fail}
                />
              </Show>
            )}
          </Show>
          <Show when={isStill()}>
            <span class="absolute inset-0 m-auto grid size-12 place-items-center rounded-full bg-scrim text-[#fff]">
              <Play size={22} fill="currentColor" />
            </span>
          </Show>
        </button>
      </Match>
    </Switch>
  );
}
