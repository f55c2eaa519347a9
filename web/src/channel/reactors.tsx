import type { Message, Reaction } from '@harmonium/api/message';
import { createResource, createUniqueId } from 'solid-js';
import { TooltipBubble } from '../design/tooltip-bubble.tsx';
import { isOwn } from '../emoji/own-emoji.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/messages.ts';
import { useConversation } from './conversation.tsx';

/** People that are named; of more only the number is said. */
const NAMED = 5;

/** Who put an emoji on a message. */
export function Reactors(props: { message: Message; reaction: Reaction; anchor: HTMLElement }) {
  const conversation = useConversation();
  const call = useApi();
  const id = createUniqueId();
  const [people] = createResource(
    () => ({ mid: props.message.id, emoji: props.reaction.emoji, count: props.reaction.count }),
    ({ mid, emoji }) =>
      call('GET /api/channels/:id/messages/:mid/reactions/:emoji', {
        params: { id: conversation.room.id, mid, emoji },
        query: { limit: NAMED + 1 },
      }).catch(() => undefined),
  );
  const text = () => {
    // What is read before it is there waits for all of the page.
    if (people.state !== 'ready') return t('messages.reactorsLoading');
    const known = people();
    if (known === undefined) return t('messages.reactorsFailed');
    const me = conversation.me()?.id;
    const names = known
      .filter((user) => user.id !== me)
      .map((user) => conversation.nameOf(user))
      .slice(0, props.reaction.me ? NAMED - 1 : NAMED);
    if (props.reaction.me) names.push(t('messages.you'));
    const more = Math.max(0, props.reaction.count - names.length);
    const { emoji } = props.reaction;
    const who = t('messages.reactors', names, more);
    return isOwn(emoji) ? `${conversation.emoji.nameOf(emoji)} ${who}` : who;
  };
  return <TooltipBubble id={id} anchor={props.anchor} placement="top" text={text()} />;
}
