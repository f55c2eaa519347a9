import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import Pin from 'lucide-solid/icons/pin';
import { Match, Show, Switch, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { late } from '../design/late.tsx';
import { t } from '../strings/strings.ts';
import { nameStyle } from './author-color.ts';
import { useConversation } from './conversation.tsx';
import type { Author } from './conversation.tsx';
import { MessageActions } from './message-actions.tsx';
import { MessageContent } from './message-content.tsx';
import { MessageEditor } from './message-editor.tsx';
import { NewLine } from './new-line.tsx';
import { ReactionChips } from './reaction-chips.tsx';
import { ReplyPreview } from './reply-preview.tsx';
import { clockTime, fullTime } from './times.ts';

const ThreadChip = late(async () => (await import('../threads/thread-chip.tsx')).ThreadChip);

interface LineProps {
  author: Author;
  at: number | string;
  /** Begins a group: shows picture and name. */
  leads: boolean;
  /** Absent while it is being sent. */
  id?: Snowflake;
  /** Why it stands out from the others. */
  tone?: 'named' | 'meant' | 'chosen';
  /** What stands above the name. */
  above?: JSX.Element;
  /** Beside the time. */
  mark?: JSX.Element;
  actions?: JSX.Element;
  children: JSX.Element;
}

const TONES = {
  named:
    'bg-brass-wash before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-brass',
  meant: 'bg-raised/60',
  chosen: 'bg-brass-wash',
};

/** One line of the conversation: the frame that sent and pending messages share. */
export function Line(props: LineProps) {
  const conversation = useConversation();
  const showAuthor = (event: MouseEvent & { currentTarget: Element }) =>
    conversation.showPerson(props.author.user, event.currentTarget);
  const stop = () => (props.id !== undefined && conversation.list.isPointed(props.id) ? 0 : -1);
  return (
    <article
      data-message={props.id}
      tabindex={props.id === undefined ? undefined : -1}
      class={`group/line relative grid scroll-my-2 grid-cols-[40px_minmax(0,1fr)] gap-x-4 px-5 py-0.5 transition-colors duration-75 outline-offset-[-2px] max-tablet:gap-x-3 max-tablet:px-4 pointer-coarse:select-none pointer-coarse:[-webkit-touch-callout:none] ${props.tone === undefined ? 'hover:bg-raised/60 focus-within:bg-raised/60' : TONES[props.tone]}`}
      classList={{ 'mt-[14px]': props.leads }}
    >
      {props.above}
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
            tabindex={stop()}
            class="truncate rounded-small text-message font-bold hover:underline"
            style={nameStyle(props.author.user.id, props.author.roleColor)}
            onClick={showAuthor}
          >
            <bdi>{props.author.name}</bdi>
          </button>
          <time
            dateTime={new Date(props.at).toISOString()}
            title={fullTime(props.at)}
            class="shrink-0 text-label font-normal text-third"
          >
            {clockTime(props.at)}
          </time>
          {props.mark}
        </h2>
      </Show>
      <div class="col-start-2 min-w-0 text-message wrap-anywhere">{props.children}</div>
      {props.actions}
    </article>
  );
}

interface MessageRowProps {
  message: Message;
  leads: boolean;
  /** A line above it says that it and what follows is new. */
  isFirstNew?: boolean;
}

export function MessageRow(props: MessageRowProps) {
  const conversation = useConversation();
  const [isOpened, setIsOpened] = createSignal(false);
  const isCovered = () => conversation.isBlocked(props.message.author.id) && !isOpened();
  return (
    <>
      <Show when={props.isFirstNew}>
        <NewLine />
      </Show>
      <Show
        when={!isCovered()}
        fallback={<Covered leads={props.leads} onShow={() => setIsOpened(true)} />}
      >
        <Said message={props.message} leads={props.leads} />
      </Show>
    </>
  );
}

function Said(props: { message: Message; leads: boolean }) {
  const conversation = useConversation();
  const { list, selection } = conversation;
  const id = () => props.message.id;
  const isEditing = () => conversation.editing() === id();
  const isThere = () => props.message.removedAt === null;
  const tone = () => {
    if (selection.has(id())) return 'chosen';
    if (list.isHighlighted(id())) return 'chosen';
    if (isEditing() || conversation.replying()?.id === id()) return 'meant';
    return conversation.isNamed(props.message) ? 'named' : undefined;
  };
  return (
    <Line
      id={id()}
      author={conversation.author(props.message.author)}
      at={props.message.createdAt}
      leads={props.leads}
      tone={tone()}
      above={
        <Show when={props.message.replyTo !== undefined && isThere()}>
          <ReplyPreview message={props.message} />
        </Show>
      }
      mark={
        <Show when={conversation.isPinned(id())}>
          <PinMark />
        </Show>
      }
      actions={
        <Switch>
          <Match when={selection.isOn() && isThere()}>
            <Checkbox message={props.message} />
          </Match>
          <Match when={list.isPointed(id()) && !isEditing() && isThere()}>
            <MessageActions message={props.message} />
          </Match>
        </Switch>
      }
    >
      <Show when={!isEditing()} fallback={<MessageEditor message={props.message} />}>
        <MessageContent message={props.message} />
        <Show when={conversation.isPinned(id()) && !props.leads}>
          {/* Between the time and the words. */}
          <span class="absolute top-[9px] left-[62px] max-tablet:left-[56px]">
            <PinMark />
          </span>
        </Show>
        <ReactionChips message={props.message} />
        <Show when={isThere() && props.message.threadId}>
          {(threadId) => <ThreadChip threadId={threadId()} />}
        </Show>
      </Show>
    </Line>
  );
}

function PinMark() {
  return (
    <span role="img" aria-label={t('channel.pinned')} title={t('channel.pinned')}>
      <Pin size={12} class="text-third" />
    </span>
  );
}

/** Lies over the whole line while messages are chosen. */
function Checkbox(props: { message: Message }) {
  const conversation = useConversation();
  const { selection } = conversation;
  return (
    <label class="absolute inset-0 z-10 flex cursor-pointer items-start justify-end pt-1.5 pr-5 max-tablet:pr-4">
      <input
        type="checkbox"
        class="size-[18px] accent-(--brass)"
        checked={selection.has(props.message.id)}
        aria-label={t('channel.select', conversation.author(props.message.author).name)}
        onClick={(event) => selection.toggle(props.message.id, event.shiftKey)}
      />
    </label>
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
