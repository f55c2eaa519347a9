import type { Attachment } from '@harmonium/api/attachment';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import { Match, Show, Switch, createResource, createSignal, createUniqueId } from 'solid-js';
import { t } from '../strings/files.ts';
import { createAddress } from './create-address.ts';
import { FileCard } from './file-card.tsx';
import { sizeName } from './file-kind.ts';
import { textStart } from './text-start.ts';

/** A text, whose beginning unfolds. */
export function TextFile(props: { channelId: string; attachment: Attachment }) {
  const held = createAddress(props.channelId, props.attachment);
  const [isOpen, setIsOpen] = createSignal(false);
  const bodyId = createUniqueId();
  const [start] = createResource(
    () => (isOpen() ? held.address()?.url : undefined),
    (url) => textStart(url, fetch).catch(() => undefined),
  );
  return (
    <FileCard
      attachment={props.attachment}
      held={held}
      acts={
        <button
          type="button"
          aria-expanded={isOpen()}
          aria-controls={bodyId}
          class="touch-target flex h-9 items-center gap-1 rounded-small px-2 text-label font-medium whitespace-nowrap text-second transition hover:bg-raised-more hover:text-ink"
          onClick={() => setIsOpen(!isOpen())}
        >
          <span class="max-[420px]:sr-only">
            {isOpen() ? t('files.hideText') : t('files.showText')}
          </span>
          <span class="transition-transform" classList={{ 'rotate-180': isOpen() }}>
            <ChevronDown size={16} />
          </span>
        </button>
      }
    >
      <div id={bodyId} hidden={!isOpen()}>
        <Switch>
          <Match when={start.state === 'ready' && start.latest}>
            {(found) => (
              <>
                <pre
                  tabindex={0}
                  class="max-h-80 overflow-auto overscroll-contain border-t border-line px-3 py-2.5 font-mono text-[13px] leading-[1.5] wrap-normal whitespace-pre select-text"
                >
                  {found().text}
                </pre>
                <Show when={!found().isWhole}>
                  <p class="border-t border-line px-3 py-2 text-label text-third">
                    {t('files.cutOff', sizeName(props.attachment.size))}
                  </p>
                </Show>
              </>
            )}
          </Match>
          <Match when={start.state === 'ready'}>
            <p role="alert" class="px-3 pb-3 text-label text-danger-ink">
              {t('files.textFailed')}
            </p>
          </Match>
        </Switch>
      </div>
    </FileCard>
  );
}
