import type { Message } from '@harmonium/api/message';
import { Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { t } from '../strings/strings.ts';
import { nameStyle } from './author-color.ts';
import { useConversation } from './conversation.tsx';
import type { Author } from './conversation.tsx';
import { MessageActions } from './message-actions.tsx';
import { MessageContent } from './message-content.tsx';
import { MessageEditor } from './message-editor.tsx';
import { clockTime, fullTime } from './times.ts';

interface LineProps {
  author: Author;
  at: number | string;
  /** Begins a group: shows picture and name. */
  leads: boolean;
  actions?: JSX.Element;
  highlighted?: boolean;
  children: JSX.Element;
}

/** One line of the conversation: the frame that sent and pending messages share. */
export function Line(props: LineProps) {
  const conversation = useConversation();
  const showAuthor = (event: MouseEvent & { currentTarget: Element }) =>
    conversation.showPerson(props.author.user, event.currentTarget);
  return (
    <article
      class="group/line relative grid grid-cols-[40px_minmax(0,1fr)] gap-x-4 px-5 py-0.5 transition-colors duration-75 hover:bg-raised/60 focus-within:bg-raised/60 max-tablet:gap-x-3 max-tablet:px-4"
      classList={{ 'mt-[14px]': props.leads, 'bg-raised/60': props.highlighted }}
    >
      <Show
        when={props.leads}
        fallback={
          <>
            <time
              dateTime={new Date(props.at).toISOString()}
              title={fullTime(props.at)}
              class="pt-[3px] text-right text-[11px] whitespace-nowrap text-third opacity-0 group-hover/line:opacity-100"
            >
              {clockTime(props.at)}
            </time>
            <h2 class="sr-only">{t('channel.said', props.author.name, clockTime(props.at))}</h2>
          </>
        }
      >
        {/* The name does the same for keyboard and screen reader. */}
        <span
          class="row-span-2 mt-0.5 h-10 cursor-pointer rounded-full transition active:scale-95"
          onClick={showAuthor}
        >
          <Avatar user={props.author.user} size={40} />
        </span>
        <h2 class="flex min-w-0 items-baseline gap-2 leading-[1.35]">
          <button
            type="button"
            class="truncate rounded-small text-message font-bold hover:underline"
            style={nameStyle(props.author.user.id, props.author.roleColor)}
            onClick={showAuthor}
          >
            {props.author.name}
          </button>
          <time
            dateTime={new Date(props.at).toISOString()}
            title={fullTime(props.at)}
            class="shrink-0 text-label font-normal text-third"
          >
            {clockTime(props.at)}
          </time>
        </h2>
      </Show>
      <div class="col-start-2 min-w-0 text-message wrap-anywhere">{props.children}</div>
      {props.actions}
    </article>
  );
}

export function MessageRow(props: { message: Message; leads: boolean }) {
  const conversation = useConversation();
  const [isOpened, setIsOpened] = createSignal(false);
  const isEditing = () => conversation.editing() === props.message.id;
  const isCovered = () => conversation.isBlocked(props.message.author.id) && !isOpened();
  return (
    <Show
      when={!isCovered()}
      fallback={<Covered leads={props.leads} onShow={() => setIsOpened(true)} />}
    >
      <Line
        author={conversation.author(props.message.author)}
        at={props.message.createdAt}
        leads={props.leads}
        highlighted={isEditing()}
        actions={
          <Show when={!isEditing() && conversation.canRemove(props.message)}>
            <MessageActions message={props.message} />
          </Show>
        }
      >
        <Show when={!isEditing()} fallback={<MessageEditor message={props.message} />}>
          <MessageContent message={props.message} />
        </Show>
      </Line>
    </Show>
  );
}

/** Of somebody one has blocked: there, so that answers to it make sense, and not read unasked. */
function Covered(props: { leads: boolean; onShow: () => void }) {
  return (
    <article
      class="py-0.5 pr-5 pl-[76px] text-third max-tablet:pl-[68px]"
      classList={{ 'mt-[14px]': props.leads }}
    >
      {t('channel.blocked')}{' '}
      <button
        type="button"
        class="touch-target font-medium text-second underline decoration-third underline-offset-2 hover:text-ink"
        onClick={() => props.onShow()}
      >
        {t('channel.showBlocked')}
      </button>
    </article>
  );
}
