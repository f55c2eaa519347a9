import RotateCw from 'lucide-solid/icons/rotate-cw';
import X from 'lucide-solid/icons/x';
import { For, Show, onMount } from 'solid-js';
import { useConversation } from '../channel/conversation.tsx';
import { IconButton } from '../design/icon-button.tsx';
import type { OutgoingFile, PendingMessage } from '../room/outbox.ts';
import { t } from '../strings/files.ts';
import { isStuck } from './chosen-file.ts';
import type { ChosenFile } from './chosen-file.ts';
import { Progress } from './chosen-files.tsx';
import { FileIcon } from './file-icon.tsx';
import { sizeName } from './file-kind.ts';
import { useFiles } from './files-provider.tsx';
import { Tiles } from './tiles.tsx';
import { stateWords, stuckSentence } from './upload-words.ts';

/** The files of a message on its way, as they will stand in it, and how far they are. */
export function PendingFiles(props: { pending: PendingMessage }) {
  const { room } = useConversation();
  const files = useFiles();
  const all = () => props.pending.files ?? [];
  const live = (key: string) => files.uploads()?.outgoing(key);
  const pictures = () => all().filter(({ key }) => live(key)?.preview !== undefined);
  const others = () => all().filter(({ key }) => live(key)?.preview === undefined);
  const done = () => all().filter(({ ticket }) => ticket !== undefined).length;
  const stuck = () =>
    all()
      .flatMap(({ key }) => live(key) ?? [])
      .filter(isStuck);
  /** Their page was closed. */
  const left = () =>
    files.uploads() === undefined
      ? []
      : all().filter(({ key, ticket }) => ticket === undefined && live(key) === undefined);
  const measured = ({ key, width, height }: OutgoingFile) =>
    live(key)?.extent() ?? { width, height };
  onMount(() => void files.load().catch(() => undefined));

  function remove(key: string): void {
    files.uploads()?.remove(room.id, key);
    room.leaveOut(key);
  }

  return (
    <div class="mt-1 grid grid-cols-[minmax(0,1fr)] justify-items-start gap-1.5">
      <Show when={pictures().length > 0}>
        <Tiles extents={pictures().map(measured)}>
          {(at) => (
            <Show when={live(pictures()[at]?.key ?? '')}>
              {(file) => (
                <div class="relative size-full">
                  <img
                    src={file().preview}
                    alt={file().name}
                    class="absolute inset-0 size-full object-cover"
                    classList={{ 'opacity-55': file().state().step !== 'ready' }}
                  />
                  <Progress file={file()} />
                </div>
              )}
            </Show>
          )}
        </Tiles>
      </Show>
      <For each={others()}>
        {(file) => (
          <div class="relative flex w-full max-w-[440px] items-center gap-3 overflow-hidden rounded-medium border border-line bg-side px-3 py-2.5">
            <span class="grid size-10 shrink-0 place-items-center rounded-small bg-raised-more text-brass-ink">
              <FileIcon file={file} size={20} />
            </span>
            <span class="min-w-0 flex-1">
              <span class="block truncate text-list font-medium">
                <bdi>{file.name}</bdi>
              </span>
              <span class="block text-label text-third tabular-nums">
                {wordsOf(file, live(file.key), left().includes(file))}
              </span>
            </span>
            <Show when={left().includes(file)}>
              <IconButton
                size="small"
                label={t('files.remove', file.name)}
                onClick={() => remove(file.key)}
              >
                <X size={16} />
              </IconButton>
            </Show>
            <Show when={live(file.key)}>{(known) => <Progress file={known()} />}</Show>
          </div>
        )}
      </For>
      <div role="alert" class="grid gap-1 text-label">
        <For each={stuck()}>
          {(file) => (
            <p class="flex flex-wrap items-center gap-1 wrap-anywhere text-danger-ink">
              {t('files.problem', file.name, stuckSentence(file) ?? '')}
              <IconButton
                size="small"
                label={t('files.retryOf', file.name)}
                onClick={() => files.uploads()?.retry(room.id, file.key)}
              >
                <RotateCw size={15} />
              </IconButton>
              <IconButton
                size="small"
                label={t('files.remove', file.name)}
                onClick={() => remove(file.key)}
              >
                <X size={15} />
              </IconButton>
            </p>
          )}
        </For>
        <Show when={left().length > 0}>
          <p class="text-danger-ink">{t('files.leftBehind', left().length)}</p>
        </Show>
      </div>
      <Show when={done() < all().length && stuck().length + left().length === 0}>
        <p role="status" class="text-label text-third">
          {t('files.uploading', done(), all().length)}
        </p>
      </Show>
    </div>
  );
}

function wordsOf(file: OutgoingFile, known: ChosenFile | undefined, isLeft: boolean): string {
  if (isLeft) return t('files.interrupted');
  return known === undefined ? sizeName(file.size) : stateWords(known.state(), file.size);
}
