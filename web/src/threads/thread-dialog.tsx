import { Match, Switch } from 'solid-js';
import { NameDialog } from '../servers/name-dialog.tsx';
import type { Question } from '../servers/question.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/threads.ts';

type QuestionAbout<About extends Question['about']> = Extract<Question, { about: About }>;

interface ThreadDialogProps {
  question: QuestionAbout<'start-thread' | 'rename-thread'>;
  onClose: () => void;
}

/** What a thread is to be called, new or not. */
export function ThreadDialog(props: ThreadDialogProps) {
  const starting = () => (props.question.about === 'start-thread' ? props.question : undefined);
  const renaming = () => (props.question.about === 'rename-thread' ? props.question : undefined);
  return (
    <Switch>
      <Match when={starting()}>
        {(question) => <Start question={question()} onClose={props.onClose} />}
      </Match>
      <Match when={renaming()}>
        {(question) => <Rename question={question()} onClose={props.onClose} />}
      </Match>
    </Switch>
  );
}

/** Nothing is a name, too. */
function Start(props: { question: QuestionAbout<'start-thread'>; onClose: () => void }) {
  const call = useApi();
  let started: string | undefined;

  async function start(name: string): Promise<void> {
    const { message } = props.question;
    const thread = await call('POST /api/channels/:id/messages/:mid/thread', {
      params: { id: message.channelId, mid: message.id },
      body: name === '' ? {} : { name },
    });
    started = thread.id;
  }

  /** The thread comes after the dialog, which gives the focus back as it goes. */
  function close(): void {
    const { onStarted } = props.question;
    props.onClose();
    if (started !== undefined) onStarted(started);
  }

  return (
    <NameDialog
      title={t('threads.start')}
      sentence={t('threads.startSentence')}
      label={t('threads.name')}
      placeholder={t('threads.namePlaceholder')}
      cancel={t('threads.cancel')}
      submit={t('threads.create')}
      onSubmit={start}
      onClose={close}
    />
  );
}

function Rename(props: { question: QuestionAbout<'rename-thread'>; onClose: () => void }) {
  const call = useApi();

  async function rename(name: string): Promise<void> {
    const params = { id: props.question.thread.id };
    await call('PATCH /api/channels/:id', { params, body: { name } });
  }

  return (
    <NameDialog
      title={t('threads.renameTitle')}
      label={t('threads.name')}
      name={props.question.thread.name}
      required
      cancel={t('threads.cancel')}
      submit={t('threads.save')}
      onSubmit={rename}
      onClose={props.onClose}
    />
  );
}
