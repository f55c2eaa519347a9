import { Match, Show, Suspense, Switch, onCleanup } from 'solid-js';
import { late } from '../design/late.tsx';
import { useToasts } from '../design/toast.tsx';
import { t } from '../strings/strings.ts';
import { useConversation } from './conversation.tsx';
import type { MessageQuestion } from './list-state.ts';
import { PinsPanel } from './pins-button.tsx';
import { Reactors } from './reaction-chips.tsx';

const MessageMenu = late(async () => (await import('./message-menu.tsx')).MessageMenu);
const MessageSheet = late(async () => (await import('./message-sheet.tsx')).MessageSheet);
const EmojiPicker = late(async () => (await import('../emoji/emoji-picker.tsx')).EmojiPicker);
const SelectionBar = late(async () => (await import('./selection-bar.tsx')).SelectionBar);

/** Long enough after a channel came on the screen that nothing waits for it. */
const LOAD_AFTER_MS = 4_000;

type About<Kind extends MessageQuestion['about']> = Extract<MessageQuestion, { about: Kind }>;

/** What opens over the messages, loaded when it is first asked for. */
export function MessageOverlays() {
  const conversation = useConversation();
  const { list, selection } = conversation;
  const toasts = useToasts();
  const close = () => list.ask(undefined);
  const fail = () => {
    toasts.complain(t('problems.offline'));
    close();
    selection.stop();
  };
  // There before they are asked for, and also when the network is not.
  const timer = setTimeout(() => {
    for (const part of [MessageMenu, MessageSheet, SelectionBar, PinsPanel, Reactors]) part.load();
  }, LOAD_AFTER_MS);
  onCleanup(() => clearTimeout(timer));
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
              <MessageSheet message={question.message} onClose={close} onFailure={fail} />
            ) : (
              <MessageMenu
                message={question.message}
                at={question.at}
                onClose={close}
                onFailure={fail}
              />
            )
          }
        </Match>
        <Match when={asked('emoji')} keyed>
          {(question) => (
            <EmojiPicker
              at={question.at}
              custom={conversation.emoji.sets()}
              onClose={close}
              onFailure={fail}
              onPick={(emoji) => void conversation.react(question.message, emoji, true)}
            />
          )}
        </Match>
      </Switch>
      <Show when={selection.isOn()}>
        <SelectionBar onFailure={fail} />
      </Show>
    </Suspense>
  );
}
