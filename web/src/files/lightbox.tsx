import { Dialog } from '@kobalte/core/dialog';
import ChevronLeft from 'lucide-solid/icons/chevron-left';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import Download from 'lucide-solid/icons/download';
import ExternalLink from 'lucide-solid/icons/external-link';
import X from 'lucide-solid/icons/x';
import ZoomIn from 'lucide-solid/icons/zoom-in';
import ZoomOut from 'lucide-solid/icons/zoom-out';
import { Show, createSignal } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { fullTime } from '../channel/times.ts';
import { t } from '../strings/files.ts';
import { createGestures } from './create-gestures.ts';
import { createAddress } from './create-address.ts';
import { sizeName } from './file-kind.ts';
import type { Shown } from './files-provider.tsx';
import { LargePicture } from './large-picture.tsx';

/** On the dark ground that pictures have in both modes. */
const ACT =
  'touch-target grid size-11 place-items-center text-[#ffffffd0] transition hover:bg-[#ffffff1f] hover:text-[#fff] focus-visible:outline-[#fff]';

/** The pictures of a message over everything, one at a time. */
export function Lightbox(props: Shown & { onClose: () => void }) {
  const opener = document.activeElement;
  const [at, setAt] = createSignal(props.at);
  const count = () => props.pictures.length;
  const shown = () => props.pictures[at()];
  let frame: HTMLDivElement | undefined;
  let picture: HTMLElement | undefined;
  const gestures = createGestures({
    frame: () => frame,
    picture: () => picture,
    onSwipe: step,
    onClose: props.onClose,
  });

  function step(by: 1 | -1): void {
    const next = at() + by;
    if (next < 0 || next >= count()) return;
    gestures.reset();
    setAt(next);
  }

  function takeKey(event: KeyboardEvent): void {
    const act = KEYS[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (act === 'zoom') gestures.toggle();
    else step(act);
  }

  return (
    <Dialog open onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Content
          class="fixed inset-0 z-50 flex animate-appear flex-col bg-[#0b0910] text-[#fff] select-none"
          onKeyDown={takeKey}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            frame?.focus({ preventScroll: true });
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
          }}
        >
          <header class="pt-safe flex items-center gap-1 px-3 py-2">
            <div class="min-w-0 flex-1 pl-1">
              <Dialog.Title class="truncate text-list font-bold" aria-live="polite">
                <bdi>{t('files.viewer', shown()?.name ?? '', at() + 1, count())}</bdi>
              </Dialog.Title>
              <Dialog.Description class="line-clamp-2 text-label text-[#ffffffb8]">
                {t('files.by', props.author, fullTime(props.sentAt))} ·{' '}
                {sizeName(shown()?.size ?? 0)}
              </Dialog.Description>
            </div>
            <Show when={shown()} keyed>
              {(each) => (
                <Acts
                  name={each.name}
                  held={createAddress(props.channelId, each)}
                  isZoomed={gestures.zoom().scale > 1}
                  onZoom={gestures.toggle}
                />
              )}
            </Show>
            <Dialog.CloseButton
              aria-label={t('files.close')}
              title={t('files.close')}
              class={`${ACT} rounded-medium`}
            >
              <X size={20} />
            </Dialog.CloseButton>
          </header>
          {/* Has the focus while the pictures come and go. */}
          <div
            ref={(element) => (frame = element)}
            tabindex={-1}
            class="relative grid min-h-0 flex-1 touch-none place-items-center overflow-hidden outline-none"
            {...gestures.handlers}
          >
            <Show when={shown()} keyed>
              {(each) => (
                <LargePicture
                  attachment={each}
                  held={createAddress(props.channelId, each)}
                  zoom={gestures.zoom()}
                  pull={gestures.pull()}
                  ref={(element) => (picture = element)}
                />
              )}
            </Show>
          </div>
          <Show when={count() > 1}>
            <Turn
              side="left"
              icon={ChevronLeft}
              label={t('files.previous')}
              disabled={at() === 0}
              onClick={() => step(-1)}
            />
            <Turn
              side="right"
              icon={ChevronRight}
              label={t('files.next')}
              disabled={at() === count() - 1}
              onClick={() => step(1)}
            />
          </Show>
          <div class="pb-safe" />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog>
  );
}

const KEYS: Record<string, 1 | -1 | 'zoom'> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  '+': 'zoom',
  '-': 'zoom',
};

interface ActsProps {
  name: string;
  held: ReturnType<typeof createAddress>;
  isZoomed: boolean;
  onZoom: () => void;
}

function Acts(props: ActsProps) {
  const zoomLabel = () => (props.isZoomed ? t('files.zoomOut') : t('files.zoomIn'));
  return (
    <>
      <button
        type="button"
        aria-label={zoomLabel()}
        title={zoomLabel()}
        class={`${ACT} rounded-medium`}
        onClick={() => props.onZoom()}
      >
        <Dynamic component={props.isZoomed ? ZoomOut : ZoomIn} size={19} />
      </button>
      <Show when={props.held.address()}>
        {(address) => (
          <>
            <a
              href={address().url}
              target="_blank"
              rel="noopener noreferrer"
              aria-label={t('files.original')}
              title={t('files.original')}
              class={`${ACT} rounded-medium`}
            >
              <ExternalLink size={19} />
            </a>
            <a
              href={address().downloadUrl}
              download={props.name}
              aria-label={t('files.download', props.name)}
              title={t('files.download', props.name)}
              class={`${ACT} rounded-medium`}
            >
              <Download size={19} />
            </a>
          </>
        )}
      </Show>
    </>
  );
}

interface TurnProps {
  side: 'left' | 'right';
  icon: typeof ChevronLeft;
  label: string;
  disabled: boolean;
  onClick: () => void;
}

function Turn(props: TurnProps) {
  return (
    <button
      type="button"
      aria-label={props.label}
      title={props.label}
      disabled={props.disabled}
      class={`${ACT} absolute top-1/2 -translate-y-1/2 rounded-full bg-[#0000008c] disabled:invisible`}
      classList={{ 'left-4': props.side === 'left', 'right-4': props.side === 'right' }}
      onClick={() => props.onClick()}
    >
      <Dynamic component={props.icon} size={26} />
    </button>
  );
}
