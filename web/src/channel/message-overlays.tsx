import { Match, Show, Suspense, Switch, lazy } from 'solid-js';
import { useConversation } from './conversation.tsx';
import type { MessageQuestion } from './list-state.ts';

const MessageMenu = lazy(async () => ({
  default: (await import('./message-menu.tsx')).MessageMenu,
}));
const MessageSheet = lazy(async () => ({
  default: (await import('./message-sheet.tsx')).MessageSheet,
}));
const EmojiPicker = lazy(async () => ({
  default: (await import('../emoji/emoji-picker.tsx')).EmojiPicker,
}));
const SelectionBar = lazy(async () => ({
  default: (await import('./selection-bar.tsx')).SelectionBar,
}));

type About<Kind extends MessageQuestion['about']> = Extract<MessageQuestion, { about: Kind }>;

/** What opens over the messages, loaded when it is first asked for. */
export function MessageOverlays() {
  const conversation = useConversation();
  const { list, selection } = conversation;
  const close = () => list.ask(undefined);
  const asked = <Kind extends MessageQuestion['about']>(kind: Kind) => {
    const question = list.question();
    return question?.about === kind ? (question as About<Kind>) : undefined; // TypeScript does not narrow by a type parameter.
  };
  return (
    <Suspense>
      <Switch>
        <Match when={asked('menu')} keyed>
          {(question) =>
            question.at === 'sheet' ? (
              <MessageSheet message={question.message} onClose={close} />
            ) : (
              <MessageMenu message={question.message} at={question.at} onClose={close} />
            )
          }
        </Match>
        <Match when={asked('emoji')} keyed>
          {(question) => (
            <EmojiPicker
              at={question.at}
              onClose={close}
              onPick={(emoji) => void conversation.react(question.message, emoji, true)}
            />
          )}
        </Match>
      </Switch>
      <Show when={selection.isOn()}>
        <SelectionBar />
      </Show>
    </Suspense>
  );
}
