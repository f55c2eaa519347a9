import type { Attachment } from '@harmonium/api/attachment';
import Download from 'lucide-solid/icons/download';
import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { t } from '../strings/files.ts';
import type { createAddress } from './create-address.ts';
import { FileIcon } from './file-icon.tsx';
import { sizeName } from './file-kind.ts';

interface FileCardProps {
  attachment: Attachment;
  held: ReturnType<typeof createAddress>;
  /** Beside the download. */
  acts?: JSX.Element;
  /** Under the name: a player, or the beginning of a text. */
  children?: JSX.Element;
}

/** Any file: what it is, its name, its size, and the way to have it. */
export function FileCard(props: FileCardProps) {
  return (
    <div class="w-full max-w-[440px] overflow-hidden rounded-medium border border-line bg-side">
      <div class="flex items-center gap-3 py-2.5 pr-2 pl-3">
        <span class="grid size-10 shrink-0 place-items-center rounded-small bg-raised-more text-brass-ink">
          <FileIcon file={props.attachment} size={20} />
        </span>
        <span class="min-w-0 flex-1">
          <span class="block truncate text-list font-medium" title={props.attachment.name}>
            <bdi>{props.attachment.name}</bdi>
          </span>
          <span class="block text-label text-third">
            {props.held.isGone() ? t('files.gone') : sizeName(props.attachment.size)}
          </span>
        </span>
        <Show when={!props.held.isGone()}>
          {props.acts}
          <a
            href={props.held.address()?.downloadUrl}
            download={props.attachment.name}
            aria-label={t('files.download', props.attachment.name)}
            title={t('files.download', props.attachment.name)}
            aria-disabled={props.held.address() === undefined}
            class="touch-target grid size-9 shrink-0 place-items-center rounded-small text-second transition hover:bg-raised-more hover:text-ink"
          >
            <Download size={18} />
          </a>
        </Show>
      </div>
      <Show when={!props.held.isGone()}>{props.children}</Show>
    </div>
  );
}
