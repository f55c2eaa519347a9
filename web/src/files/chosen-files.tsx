import RotateCw from 'lucide-solid/icons/rotate-cw';
import X from 'lucide-solid/icons/x';
import { For, Show } from 'solid-js';
import { useConversation } from '../channel/conversation.tsx';
import { t } from '../strings/files.ts';
import { isStuck, isUnderWay } from './chosen-file.ts';
import type { ChosenFile } from './chosen-file.ts';
import { FileIcon } from './file-icon.tsx';
import { useFiles } from './files-provider.tsx';
import { refusedSentence, stateWords, stuckSentence } from './upload-words.ts';

/** Files that go with the next message, above the field. */
export function ChosenFiles() {
  const { room } = useConversation();
  const files = useFiles();
  const chosen = () => files.chosen(room.id);
  const stuck = () => chosen().filter(isStuck);
  return (
    <Show when={chosen().length + files.refused(room.id).length > 0}>
      <div class="border-b border-line">
        <Show when={chosen().length > 0}>
          <ul
            aria-label={t('files.chosen')}
            class="flex gap-3 overflow-x-auto overscroll-contain p-3"
          >
            <For each={chosen()}>{(file) => <Card file={file} channelId={room.id} />}</For>
          </ul>
        </Show>
        <div role="alert">
          <For each={stuck()}>
            {(file) => (
              <p class="px-4 pb-2 text-list wrap-anywhere text-danger-ink">
                {t('files.problem', file.name, stuckSentence(file) ?? '')}
              </p>
            )}
          </For>
          <For each={files.refused(room.id)}>
            {(refused) => (
              <p class="px-4 pb-2 text-list wrap-anywhere text-danger-ink first:pt-2">
                {refusedSentence(refused)}
              </p>
            )}
          </For>
        </div>
      </div>
    </Show>
  );
}

function Card(props: { file: ChosenFile; channelId: string }) {
  const files = useFiles();
  const isFailed = () => props.file.state().step === 'failed';
  return (
    <li class="relative flex w-40 shrink-0 animate-appear flex-col overflow-hidden rounded-medium border border-line bg-main max-tablet:w-32">
      <div class="relative grid h-28 place-items-center overflow-hidden bg-side text-third max-tablet:h-24">
        <Show when={props.file.preview} fallback={<FileIcon file={props.file} size={36} />}>
          {(preview) => (
            <img
              src={preview()}
              alt=""
              class="size-full object-cover transition-opacity"
              classList={{
                'opacity-55': isUnderWay(props.file),
                'opacity-35': isStuck(props.file),
              }}
            />
          )}
        </Show>
        <Show when={isFailed()}>
          <button
            type="button"
            aria-label={t('files.retryOf', props.file.name)}
            title={t('files.retry')}
            class="absolute inset-0 m-auto grid size-10 place-items-center rounded-full bg-raised-more text-ink shadow-float transition hover:text-brass-ink"
            onClick={() => files.uploads()?.retry(props.channelId, props.file.key)}
          >
            <RotateCw size={18} />
          </button>
        </Show>
        <Progress file={props.file} />
      </div>
      <div class="min-w-0 px-2.5 py-2">
        <p class="truncate text-list font-medium" title={props.file.name}>
          <bdi>{props.file.name}</bdi>
        </p>
        <p
          class="truncate text-label tabular-nums"
          classList={{
            'text-danger-ink': isStuck(props.file),
            'text-third': !isStuck(props.file),
          }}
        >
          {stateWords(props.file.state(), props.file.size)}
        </p>
      </div>
      <button
        type="button"
        aria-label={t('files.remove', props.file.name)}
        title={t('files.remove', props.file.name)}
        class="absolute top-1.5 right-1.5 grid size-7 place-items-center rounded-full bg-raised-more/90 text-second transition hover:text-danger-ink pointer-coarse:size-9"
        onClick={() => files.uploads()?.remove(props.channelId, props.file.key)}
      >
        <X size={15} />
      </button>
    </li>
  );
}

/** A line at the foot of what is on its way. */
export function Progress(props: { file: Pick<ChosenFile, 'name' | 'state'> }) {
  const part = () => {
    const state = props.file.state();
    if (state.step === 'sending') return state.part;
    return state.step === 'checking' ? 1 : undefined;
  };
  return (
    <Show when={part() !== undefined}>
      <div
        role="progressbar"
        aria-label={t('files.progress', props.file.name)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round((part() ?? 0) * 100)}
        class="absolute inset-x-0 bottom-0 h-1 bg-raised-more"
      >
        <div
          class="h-full origin-left bg-brass transition-transform"
          classList={{ 'animate-breathe': props.file.state().step === 'checking' }}
          style={{ transform: `scaleX(${part() ?? 0})` }}
        />
      </div>
    </Show>
  );
}
