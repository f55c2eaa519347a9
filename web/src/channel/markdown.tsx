import { For, Match, Show, Switch, createMemo, createSignal } from 'solid-js';
import type { MarkdownNode, PlainNode } from './markdown-tree.ts';

type Parse = (text: string) => MarkdownNode[];

const [parse, setParse] = createSignal<Parse>();
let loading: Promise<void> | undefined;

/** Signs without which a text is what it is. */
const MARKED = /[*_~`[\]\\>]|:\/\/|www\.|@|^\s*(?:[-+#]|\d+[.)])/m;

function loadParser(): void {
  loading ??= import('./markdown-tree.ts').then(
    (module) => void setParse(() => module.parseMarkdown),
    () => {
      // Without it messages stay readable as they were typed; the next one tries again.
      loading = undefined;
    },
  );
}

/** What somebody wrote, with its markup, as elements and never as HTML text. */
export function Markdown(props: { text: string }) {
  const tree = createMemo(() => {
    if (!MARKED.test(props.text)) return undefined;
    loadParser();
    return parse()?.(props.text);
  });
  return (
    <Show when={tree()} fallback={<p class="whitespace-pre-wrap">{props.text}</p>}>
      {(nodes) => <Nodes nodes={nodes()} />}
    </Show>
  );
}

function Nodes(props: { nodes: MarkdownNode[] }) {
  return <For each={props.nodes}>{(node) => <Node node={node} />}</For>;
}

function Node(props: { node: MarkdownNode }) {
  const node = props.node;
  if (node.kind === 'text') return <>{node.text}</>;
  if (node.kind === 'break') return <br />;
  if (node.kind === 'code') return <InlineCode text={node.text} />;
  if (node.kind === 'fence') return <CodeBlock text={node.text} />;
  if (node.kind === 'link') {
    return (
      <a
        href={node.href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        class="text-brass-ink underline decoration-brass-ink/40 underline-offset-2 hover:decoration-current"
      >
        <Nodes nodes={node.children} />
      </a>
    );
  }
  if (node.kind === 'ordered') {
    return (
      <ol start={node.start} class="my-1 list-decimal pl-7 marker:text-third">
        <Nodes nodes={node.children} />
      </ol>
    );
  }
  return <Plain node={node} />;
}

function InlineCode(props: { text: string }) {
  return (
    <code class="rounded-[4px] bg-raised-more px-1 py-0.5 font-mono text-[0.88em]">
      {props.text}
    </code>
  );
}

function CodeBlock(props: { text: string }) {
  return (
    <pre
      tabIndex={0}
      class="my-1.5 max-w-[620px] overflow-x-auto rounded-medium border border-line bg-side px-3 py-2.5 font-mono text-[0.8125rem] leading-[1.5]"
    >
      <code>{props.text}</code>
    </pre>
  );
}

function Plain(props: { node: PlainNode }) {
  const children = () => <Nodes nodes={props.node.children} />;
  return (
    <Switch>
      <Match when={props.node.kind === 'paragraph'}>
        <p class="not-first:mt-2">{children()}</p>
      </Match>
      <Match when={props.node.kind === 'strong'}>
        <strong class="font-bold">{children()}</strong>
      </Match>
      <Match when={props.node.kind === 'em'}>
        <em>{children()}</em>
      </Match>
      <Match when={props.node.kind === 'strike'}>
        <s class="text-second">{children()}</s>
      </Match>
      <Match when={props.node.kind === 'quote'}>
        <blockquote class="my-1 border-l-3 border-line pl-3 text-second">{children()}</blockquote>
      </Match>
      <Match when={props.node.kind === 'bullets'}>
        <ul class="my-1 list-disc pl-6 marker:text-third">{children()}</ul>
      </Match>
      <Match when={props.node.kind === 'item'}>
        <li class="pl-0.5">{children()}</li>
      </Match>
      <Match when={props.node.kind === 'heading'}>
        <p class="text-title font-bold not-first:mt-2">{children()}</p>
      </Match>
    </Switch>
  );
}
