import type { Inline, Link } from '@harmonium/api/markup';
import { MessageSquareText } from 'lucide-solid';
import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { m } from '../../strings/markup.ts';
import { messageAt, messagePath } from '../message-path.ts';
import { isHonest, shownAddress } from './honest-label.ts';
import { useNames } from './names.ts';

/** A link says where it leads: by its words where they tell the truth, else by its address. */
export function LinkOf(props: { link: Link; words: (nodes: Inline[]) => JSX.Element }) {
  const label = () => {
    const { children, href } = props.link;
    return children !== undefined && isHonest(children, href) ? children : undefined;
  };
  const inner = () => (label() === undefined ? messageOf(props.link.href) : undefined);
  return (
    <Show
      when={inner()}
      fallback={
        <a
          href={props.link.href}
          target="_blank"
          rel="noopener noreferrer nofollow"
          title={label() === undefined ? undefined : m('leadsTo', props.link.href)}
          class="text-brass-ink underline decoration-brass-ink/40 underline-offset-2 [unicode-bidi:isolate] hover:decoration-current"
        >
          <Show when={label()} fallback={shownAddress(props.link.href)}>
            {(nodes) => props.words(nodes())}
          </Show>
        </a>
      }
    >
      {(place) => <MessageChip place={place()} />}
    </Show>
  );
}

type Place = NonNullable<ReturnType<typeof messageAt>>;

function messageOf(href: string): Place | undefined {
  const url = new URL(href);
  return url.origin === location.origin ? messageAt(url.pathname) : undefined;
}

/** A message of this instance, by the name of its channel. */
function MessageChip(props: { place: Place }) {
  const names = useNames();
  const words = () => {
    const name = names.channel(props.place.channelId)?.name;
    return name === undefined ? m('message') : m('messageIn', `#${name}`);
  };
  return (
    <a
      href={messagePath(props.place)}
      class="inline-block max-w-full truncate rounded-[4px] bg-brass-wash px-1 align-bottom font-medium text-brass-ink transition-colors [unicode-bidi:isolate] hover:bg-brass hover:text-on-brass"
    >
      <MessageSquareText size="0.95em" class="me-1 inline align-[-0.12em]" aria-hidden="true" />
      {words()}
    </a>
  );
}
