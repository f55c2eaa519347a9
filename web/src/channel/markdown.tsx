import { Show, createSignal } from 'solid-js';
import type { Message } from '@harmonium/api/message';
import type { View } from './markdown/view.tsx';

const [view, setView] = createSignal<typeof View>();
let loading: Promise<void> | undefined;

/** Signs without which a text is what it is. */
const MARKED =
  /[*_~`|[\]\\<>]|:\/\/|@(?:everyone|here)|^\s*(?:[-#]|\d+[.)])|\p{Extended_Pictographic}|[\u{1f1e6}-\u{1f1ff}]|\ufe0f/mu;

function loadView(): void {
  loading ??= import('./markdown/view.tsx').then(
    (module) => void setView(() => module.View),
    () => {
      // Without it messages stay readable as they were typed; the next one tries again.
      loading = undefined;
    },
  );
}

interface MarkdownProps {
  text: string;
  /** Whom it names, as its author was allowed to; absent while it is not known. */
  mentions?: Message['mentions'];
}

/** What somebody wrote, with its markup, as elements and never as HTML text. */
export function Markdown(props: MarkdownProps) {
  const drawn = () => {
    if (!MARKED.test(props.text)) return undefined;
    loadView();
    return view();
  };
  return (
    <Show
      when={drawn()}
      fallback={
        <p dir="auto" class="whitespace-pre-wrap [unicode-bidi:plaintext]">
          {props.text}
        </p>
      }
    >
      {(Drawn) => {
        const Shown = Drawn();
        return <Shown text={props.text} mentions={props.mentions} />;
      }}
    </Show>
  );
}
