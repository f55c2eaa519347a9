import type { Message } from '@harmonium/api/message';
import type { SearchTerm } from '@harmonium/api/search-terms';
import { A } from '@solidjs/router';
import Paperclip from 'lucide-solid/icons/paperclip';
import { For, Show, createMemo } from 'solid-js';
import { nameStyle } from '../channel/author-color.ts';
import { messagePath } from '../channel/message-path.ts';
import { clockTime, fullTime } from '../channel/times.ts';
import { Avatar } from '../design/avatar.tsx';
import { t } from '../strings/search.ts';
import { highlighted } from './highlight.ts';
import type { Part } from './highlight.ts';

interface ResultRowProps {
  message: Message;
  /** What it says, with names in place of ids. */
  text: string;
  name: string;
  color: number | undefined;
  serverId: string | undefined;
  terms: readonly SearchTerm[];
  /** It was gone to last. */
  isOpen: boolean;
  onOpen: () => void;
}

/** One message that was found: leads to where it was said. */
export function ResultRow(props: ResultRowProps) {
  const parts = createMemo(() => highlighted(props.text, props.terms));
  const files = () => props.message.attachments ?? [];
  return (
    <A
      href={messagePath({
        serverId: props.serverId,
        channelId: props.message.channelId,
        messageId: props.message.id,
      })}
      data-result
      aria-current={props.isOpen ? 'true' : undefined}
      class="grid grid-cols-[32px_minmax(0,1fr)] gap-x-3 rounded-medium px-2.5 py-2 transition-colors [contain-intrinsic-size:auto_64px] [content-visibility:auto] hover:bg-raised focus-visible:-outline-offset-2 aria-[current]:bg-raised"
      onClick={() => props.onOpen()}
    >
      <Avatar user={props.message.author} size={32} class="mt-0.5" />
      <span class="block min-w-0">
        <span class="flex min-w-0 items-baseline gap-2">
          <span class="truncate font-bold" style={nameStyle(props.message.author.id, props.color)}>
            {props.name}
          </span>
          <time
            dateTime={props.message.createdAt}
            title={fullTime(props.message.createdAt)}
            class="shrink-0 text-label text-third"
          >
            {clockTime(props.message.createdAt)}
          </time>
        </span>
        <Show when={props.text !== ''}>
          <span class="line-clamp-6 text-message wrap-anywhere whitespace-pre-line">
            <For each={parts()}>{(part) => <Shown part={part} />}</For>
          </span>
        </Show>
        <Show when={files().length > 0}>
          <span class="mt-0.5 flex min-w-0 items-center gap-1.5 text-label text-second">
            <Paperclip size={14} class="shrink-0" />
            <span class="truncate">
              {files().length === 1 ? files()[0]?.name : t('search.files', files().length)}
            </span>
          </span>
        </Show>
      </span>
    </A>
  );
}

function Shown(props: { part: Part }) {
  return (
    <Show when={props.part.isFound} fallback={props.part.text}>
      <mark class="rounded-[3px] bg-brass-wash px-0.5 font-medium text-brass-ink">
        {props.part.text}
      </mark>
    </Show>
  );
}
