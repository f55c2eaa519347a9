import Ban from 'lucide-solid/icons/ban';
import Upload from 'lucide-solid/icons/upload';
import { Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { useConversation } from '../channel/conversation.tsx';
import { t } from '../strings/strings.ts';
import { useFiles } from './files-provider.tsx';
import { filesIn, hasFiles } from './transferred-files.ts';

/** A channel as a whole takes what is dropped on it. */
export function DropArea(props: { class: string; children: JSX.Element }) {
  const conversation = useConversation();
  const files = useFiles();
  /** The pointer enters an element before it leaves the one around it. */
  const [depth, setDepth] = createSignal(0);
  const onFiles = (event: DragEvent, then: () => void) => {
    if (!hasFiles(event.dataTransfer)) return;
    // Else the browser would leave the page to show them.
    event.preventDefault();
    then();
  };
  return (
    <section
      class={props.class}
      onDragEnter={(event) => onFiles(event, () => setDepth((held) => held + 1))}
      onDragLeave={(event) => onFiles(event, () => setDepth((held) => Math.max(0, held - 1)))}
      onDragOver={(event) =>
        onFiles(event, () => {
          if (event.dataTransfer === null) return;
          event.dataTransfer.dropEffect = conversation.canAttach() ? 'copy' : 'none';
        })
      }
      onDrop={(event) =>
        onFiles(event, () => {
          setDepth(0);
          if (conversation.canAttach()) {
            files.add(conversation.room.id, filesIn(event.dataTransfer));
          }
        })
      }
    >
      {props.children}
      <Show when={depth() > 0}>
        <div class="pointer-events-none absolute inset-0 z-30 grid animate-appear place-items-center bg-scrim p-3">
          <div
            class="grid size-full place-content-center justify-items-center gap-2 rounded-large border-2 border-dashed bg-main/85 p-6 text-center"
            classList={{
              'border-brass': conversation.canAttach(),
              'border-third': !conversation.canAttach(),
            }}
          >
            <Show
              when={conversation.canAttach()}
              fallback={
                <>
                  <Ban size={32} class="text-third" />
                  <p class="text-title font-bold">{t('composer.noDrop')}</p>
                </>
              }
            >
              <Upload size={32} class="text-brass-ink" />
              <p class="text-title font-bold text-balance">
                {t('composer.dropHere', conversation.name())}
              </p>
              <p class="text-second">{t('composer.dropHint')}</p>
            </Show>
          </div>
        </div>
      </Show>
    </section>
  );
}
