import type { Message } from '@harmonium/api/message';
import type { Block, List } from '@harmonium/api/markup';
import { For, Match, Show, Switch, createMemo } from 'solid-js';
import { CodeBlock } from './code-block.tsx';
import { Inlines } from './inlines.tsx';
import { isBig } from './big-emoji.ts';
import { blocksOf } from './parsed.ts';
import { NamedProvider } from './named.tsx';

/** A message with markup in it. */
export function View(props: { text: string; mentions?: Message['mentions'] }) {
  const blocks = createMemo(() => blocksOf(props.text));
  return (
    <NamedProvider mentions={props.mentions}>
      <Show when={!isBig(props.text)} fallback={<Big blocks={blocks()} />}>
        <Blocks blocks={blocks()} />
      </Show>
    </NamedProvider>
  );
}

function Big(props: { blocks: Block[] }) {
  return (
    <div data-big class="text-[2.75rem] leading-[1.2] [&_img]:size-12">
      <Blocks blocks={props.blocks} />
    </div>
  );
}

function Blocks(props: { blocks: Block[] }) {
  return <For each={props.blocks}>{(block) => <BlockOf block={block} />}</For>;
}

// Each stands in a direction of its own: what one line turns round ends with it.
function BlockOf(props: { block: Block }) {
  const { block } = props;
  switch (block.kind) {
    case 'fence':
      return <CodeBlock text={block.text} language={block.language} />;
    case 'list':
      return <ListOf list={block} />;
    case 'quote':
      return (
        <blockquote class="my-1 border-l-3 border-line pl-3 text-second">
          <Blocks blocks={block.children} />
        </blockquote>
      );
    case 'heading':
      return <Heading block={block} />;
    case 'small':
      return (
        <p dir="auto" class="text-label text-third">
          <Inlines nodes={block.children} />
        </p>
      );
    case 'paragraph':
      return (
        <p dir="auto" class="whitespace-pre-wrap [unicode-bidi:plaintext]">
          <Inlines nodes={block.children} />
        </p>
      );
  }
}

function Heading(props: { block: Extract<Block, { kind: 'heading' }> }) {
  const words = () => <Inlines nodes={props.block.children} />;
  return (
    <Switch>
      <Match when={props.block.level === 1}>
        <h3 dir="auto" class="text-[1.375rem] leading-snug font-bold not-first:mt-2.5">
          {words()}
        </h3>
      </Match>
      <Match when={props.block.level === 2}>
        <h4 dir="auto" class="text-[1.1875rem] leading-snug font-bold not-first:mt-2">
          {words()}
        </h4>
      </Match>
      <Match when={props.block.level === 3}>
        <h5 dir="auto" class="text-title leading-snug font-bold not-first:mt-1.5">
          {words()}
        </h5>
      </Match>
    </Switch>
  );
}

function ListOf(props: { list: List }) {
  const items = () => (
    <For each={props.list.items}>
      {(item) => (
        <li dir="auto" class="ps-0.5">
          <Inlines nodes={item.children} />
          <For each={item.lists}>{(list) => <ListOf list={list} />}</For>
        </li>
      )}
    </For>
  );
  return (
    <Show
      when={props.list.start !== undefined}
      fallback={<ul class="list-disc ps-6 marker:text-third">{items()}</ul>}
    >
      <ol
        start={props.list.start}
        class="list-decimal marker:text-third"
        // Numbers of nine digits stay in the column.
        style={{ 'padding-inline-start': `${lastOf(props.list).length * 0.55 + 1.1}rem` }}
      >
        {items()}
      </ol>
    </Show>
  );
}

const lastOf = ({ start = 1, items }: List): string => String(start + items.length - 1);
