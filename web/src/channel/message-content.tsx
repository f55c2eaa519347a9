import type { Message } from '@harmonium/api/message';
import { Show } from 'solid-js';
import { t } from '../strings/strings.ts';
import { Markdown } from './markdown.tsx';
import { fullTime } from './times.ts';

/** What a message says: the body of its row. */
export function MessageContent(props: { message: Message }) {
  return (
    <Show
      when={props.message.removedAt === null}
      fallback={<p class="text-third italic">{t('channel.removed')}</p>}
    >
      <div
        data-testid="message-content"
        classList={{ 'inline [&>p:last-child]:inline': props.message.editedAt !== null }}
      >
        <Markdown text={props.message.content} />
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
    </Show>
  );
}
