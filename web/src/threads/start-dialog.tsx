import { NameDialog } from '../servers/name-dialog.tsx';
import type { Question } from '../servers/question.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/threads.ts';

interface StartThreadDialogProps {
  question: Extract<Question, { about: 'start-thread' }>;
  onClose: () => void;
}

/** What a thread is to be called; nothing is a name, too. */
export function StartThreadDialog(props: StartThreadDialogProps) {
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
