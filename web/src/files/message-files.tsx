import type { Attachment } from '@harmonium/api/attachment';
import type { Message } from '@harmonium/api/message';
import { For, Match, Show, Switch, createEffect, createMemo } from 'solid-js';
import { useConversation } from '../channel/conversation.tsx';
import { createAddress } from './create-address.ts';
import { FileCard } from './file-card.tsx';
import { kindOf } from './file-kind.ts';
import { Film, Sound } from './film.tsx';
import { useFiles } from './files-provider.tsx';
import { Pictures } from './pictures.tsx';
import { TextFile } from './text-file.tsx';

/** The files of a message: pictures together, then the others in their order. */
export function MessageFiles(props: { message: Message }) {
  const conversation = useConversation();
  const files = useFiles();
  // They never change, whatever else does: what plays is not begun again.
  const all = createMemo(() => props.message.attachments ?? [], undefined, {
    equals: (one, other) => one.map(idOf).join() === other.map(idOf).join(),
  });
  const pictures = () => all().filter((file) => kindOf(file) === 'picture');
  const others = () => all().filter((file) => kindOf(file) !== 'picture');
  createEffect(() => pictures().length > 0 && files.warmViewer());
  const show = (at: number) =>
    files.show({
      channelId: props.message.channelId,
      pictures: pictures(),
      at,
      author: conversation.author(props.message.author).name,
      sentAt: props.message.createdAt,
    });
  return (
    <div class="mt-1 grid grid-cols-[minmax(0,1fr)] justify-items-start gap-1.5">
      <Show when={pictures().length > 0}>
        <Pictures channelId={props.message.channelId} pictures={pictures()} onOpen={show} />
      </Show>
      <For each={others()}>
        {(file) => <OtherFile channelId={props.message.channelId} attachment={file} />}
      </For>
    </div>
  );
}

const idOf = ({ id }: Attachment): string => id;

function OtherFile(props: { channelId: string; attachment: Attachment }) {
  return (
    <Switch fallback={<PlainFile {...props} />}>
      <Match when={kindOf(props.attachment) === 'film'}>
        <Film {...props} />
      </Match>
      <Match when={kindOf(props.attachment) === 'sound'}>
        <Sound {...props} />
      </Match>
      <Match when={kindOf(props.attachment) === 'text'}>
        <TextFile {...props} />
      </Match>
    </Switch>
  );
}

function PlainFile(props: { channelId: string; attachment: Attachment }) {
  const held = createAddress(props.channelId, props.attachment);
  return <FileCard attachment={props.attachment} held={held} />;
}
