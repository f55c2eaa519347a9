import MessagesSquare from 'lucide-solid/icons/messages-square';
import { Show, createResource } from 'solid-js';
import { nameStyle } from '../channel/author-color.ts';
import { useConversation } from '../channel/conversation.tsx';
import { MessageContent } from '../channel/message-content.tsx';
import { clockTime, dayName } from '../channel/times.ts';
import { Avatar } from '../design/avatar.tsx';
import { useApi } from '../session-context.tsx';
import { settled } from './settled.ts';

/** The beginning of a thread: its name, and the message with which it began. */
export function ThreadTop() {
  const conversation = useConversation();
  const call = useApi();
  const [starter] = createResource(
    () => {
      const thread = conversation.channel();
      const { parentId: id, starterId: mid } = thread ?? {};
      return id === undefined || mid === undefined ? undefined : { id, mid };
    },
    async (params) => {
      try {
        return await call('GET /api/channels/:id/messages/:mid', { params });
      } catch {
        return undefined;
      }
    },
  );
  const stillThere = () => {
    const message = settled(starter);
    return message?.removedAt === null ? message : undefined;
  };
  return (
    <header class="px-5 pt-8 pb-2 max-tablet:px-4">
      <span class="grid size-12 place-items-center rounded-large bg-raised text-second">
        <MessagesSquare size={24} />
      </span>
      <h2 class="mt-3 text-title font-bold tracking-tight wrap-anywhere">
        {conversation.channel()?.name}
      </h2>
      <Show when={stillThere()}>
        {(message) => {
          const author = () => conversation.author(message().author);
          return (
            <div class="mt-4 rounded-medium bg-raised p-3">
              <div class="flex items-center gap-2">
                <Avatar user={author().user} size={24} />
                <bdi
                  class="truncate font-bold"
                  style={nameStyle(author().user.id, author().roleColor)}
                >
                  {author().name}
                </bdi>
                <time dateTime={message().createdAt} class="shrink-0 text-label text-third">
                  {dayName(Date.parse(message().createdAt), Date.now())},{' '}
                  {clockTime(message().createdAt)}
                </time>
              </div>
              <div class="mt-1.5 max-h-64 overflow-hidden text-message wrap-anywhere">
                <MessageContent message={message()} />
              </div>
            </div>
          );
        }}
      </Show>
    </header>
  );
}
