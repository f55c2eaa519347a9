import type { Inline } from '@harmonium/api/markup';
import { For } from 'solid-js';
import { ChannelChip, CrowdChip, RoleChip, UserChip } from './chips.tsx';
import { CustomEmoji } from './custom-emoji.tsx';
import { LinkOf } from './link-of.tsx';
import { Moment } from './moment.tsx';
import { Spoiler } from './spoiler.tsx';

/** What a line says. */
export function Inlines(props: { nodes: Inline[] }) {
  return <For each={props.nodes}>{(node) => <InlineOf node={node} />}</For>;
}

function InlineOf(props: { node: Inline }) {
  const { node } = props;
  switch (node.kind) {
    case 'text':
      return <>{node.text}</>;
    case 'code':
      return (
        <code
          dir="auto"
          class="rounded-[4px] bg-raised-more px-1 py-0.5 font-mono text-[0.88em] [unicode-bidi:isolate]"
        >
          {node.text}
        </code>
      );
    case 'strong':
      return (
        <strong class="font-bold">
          <Inlines nodes={node.children} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <Inlines nodes={node.children} />
        </em>
      );
    case 'underline':
      return (
        <u class="underline-offset-2">
          <Inlines nodes={node.children} />
        </u>
      );
    case 'strike':
      return (
        <s class="text-second">
          <Inlines nodes={node.children} />
        </s>
      );
    case 'spoiler':
      return (
        <Spoiler>
          <Inlines nodes={node.children} />
        </Spoiler>
      );
    case 'link':
      return <LinkOf link={node} words={(nodes) => <Inlines nodes={nodes} />} />;
    case 'user':
      return <UserChip id={node.id} />;
    case 'role':
      return <RoleChip id={node.id} />;
    case 'channel':
      return <ChannelChip id={node.id} />;
    case 'crowd':
      return <CrowdChip crowd={node.crowd} />;
    case 'emoji':
      return <CustomEmoji id={node.id} name={node.name} />;
    case 'time':
      return <Moment seconds={node.seconds} style={node.style} />;
  }
}
