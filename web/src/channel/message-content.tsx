import type { Message } from '@harmonium/api/message';
import { For, Show, Suspense, lazy } from 'solid-js';
import { late } from '../design/late.tsx';
import { t } from '../strings/strings.ts';
import { Fold } from './fold.tsx';
import { Markdown } from './markdown.tsx';
import { fullTime } from './times.ts';

const PreviewCard = lazy(async () => ({
  default: (await import('./preview-card.tsx')).PreviewCard,
}));

const MessageFiles = late(async () => (await import('../files/message-files.tsx')).MessageFiles);

/** What a message says: the body of its row. */
export function MessageContent(props: { message: Message }) {
  return (
    <Show
      when={props.message.removedAt === null}
      fallback={<p class="text-third italic">{t('channel.removed')}</p>}
    >
      <Show when={props.message.content !== '' || props.message.editedAt !== null}>
        <Words message={props.message} />
      </Show>
      <Show when={props.message.attachments?.length}>
        <MessageFiles message={props.message} />
      </Show>
      <Previews message={props.message} />
    </Show>
  );
}

function Words(props: { message: Message }) {
  const isEdited = () => props.message.editedAt !== null;
  return (
    <Fold id={props.message.id} text={props.message.content}>
      {/* What is stacked on a letter stays within the row. */}
      <div class="overflow-clip [overflow-clip-margin:4px]">
        <div
          data-testid="message-content"
          classList={{ 'inline [&>p:last-child]:inline': isEdited() }}
        >
          <Markdown text={props.message.content} mentions={props.message.mentions ?? NOBODY} />
        </div>
        <Show when={props.message.editedAt}>
          {(at) => (
            <span
              class="ml-1.5 text-label text-third select-none"
              title={t('channel.editedAt', fullTime(at()))}
            >
              {t('channel.edited')}
            </span>
          )}
        </Show>
      </div>
    </Fold>
  );
}

const NOBODY = { users: [], roles: [], everyone: false };

function Previews(props: { message: Message }) {
  return (
    <Show when={props.message.embeds?.length}>
      <Suspense>
        <div class="mt-1.5 grid justify-items-start gap-1.5">
          <For each={props.message.embeds}>{(embed) => <PreviewCard embed={embed} />}</For>
        </div>
      </Suspense>
    </Show>
  );
}
