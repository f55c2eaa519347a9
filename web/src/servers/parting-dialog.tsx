import type { Channel } from '@harmonium/api/channel';
import { useNavigate, useParams, useSearchParams } from '@solidjs/router';
import { Show, createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextInput } from '../design/field.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { formProblem } from '../problems.ts';
import { useRooms } from '../room/rooms.tsx';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/strings.ts';
import { t as threadWords } from '../strings/threads.ts';
import { createSubmission } from '../submission.ts';
import { entryChannel } from './channel-order.ts';
import type { Question } from './question.ts';

interface PartingDialogProps {
  question: Extract<
    Question,
    { about: 'leave-server' | 'remove-server' | 'remove-channel' | 'remove-category' }
  >;
  onClose: () => void;
}

const WORDS = {
  'leave-server': (name: string) => ({
    title: t('servers.leaveTitle', name),
    sentence: t('servers.leaveSentence'),
    button: t('servers.leaveButton'),
  }),
  'remove-server': (name: string) => ({
    title: t('servers.removeTitle', name),
    sentence: t('servers.removeSentence'),
    button: t('servers.removeButton'),
  }),
  'remove-channel': (name: string) => ({
    title: t('channels.removeTitle', name),
    sentence: t('channels.removeSentence'),
    button: t('channels.remove'),
  }),
  'remove-thread': (name: string) => ({
    title: threadWords('threads.deleteTitle', name),
    sentence: threadWords('threads.deleteSentence'),
    button: threadWords('threads.deleteButton'),
  }),
  'remove-category': (name: string) => ({
    title: t('channels.removeTitle', name),
    sentence: t('channels.removeCategorySentence'),
    button: t('channels.removeCategory'),
  }),
};

/** What cannot be taken back is asked once more; a whole server by its name. */
export function PartingDialog(props: PartingDialogProps) {
  const call = useApi();
  const rooms = useRooms();
  const navigate = useNavigate();
  const params = useParams<{ channelId?: string }>();
  const [search, setSearch] = useSearchParams<{ thread?: string }>();
  const [typed, setTyped] = createSignal('');
  const parting = createSubmission();
  const isServer = () => props.question.about === 'remove-server';
  const name = () => partedFrom(props.question).name;

  const words = () =>
    WORDS[isThread(props.question) ? 'remove-thread' : props.question.about](name());
  /** Where to go from a channel that the room has not yet said is gone. */
  function besides(removed: Channel): string {
    if (removed.parentId !== undefined) return `/servers/${removed.serverId}/${removed.parentId}`;
    const structure = rooms.server(removed.serverId)?.structure;
    const channels = structure?.channels.filter(({ id }) => id !== removed.id) ?? [];
    const next = entryChannel({ channels, categories: structure?.categories ?? [] }, undefined);
    return `/servers/${removed.serverId}${next === undefined ? '' : `/${next.id}`}`;
  }

  async function part(): Promise<void> {
    const { question } = props;
    switch (question.about) {
      case 'leave-server':
        await call('DELETE /api/users/@me/servers/:id', { params: { id: question.server.id } });
        break;
      case 'remove-server':
        await call('DELETE /api/servers/:id', { params: { id: question.server.id } });
        break;
      case 'remove-channel':
        await call('DELETE /api/channels/:id', { params: { id: question.channel.id } });
        props.onClose();
        if (params.channelId === question.channel.id) navigate(besides(question.channel));
        else if (search.thread === question.channel.id) setSearch({ thread: undefined });
        return;
      case 'remove-category':
        await call('DELETE /api/categories/:id', { params: { id: question.category.id } });
        props.onClose();
        return;
    }
    props.onClose();
    rooms.forget(question.server.id);
    navigate('/');
  }

  return (
    <Dialog open onClose={props.onClose} title={words().title} sentence={words().sentence}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void parting.run(part);
        }}
      >
        <FormProblem sentence={formProblem(parting.problem())} />
        <Show when={isServer()}>
          <TextInput
            label={t('servers.removeConfirm', name())}
            focusFirst
            autocomplete="off"
            value={typed()}
            onInput={setTyped}
          />
        </Show>
        <DialogActions>
          <Button look="bare" onClick={() => props.onClose()}>
            {t('servers.cancel')}
          </Button>
          <Button
            type="submit"
            look="danger"
            busy={parting.busy()}
            disabled={isServer() && typed().trim() !== name()}
          >
            {words().button}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function isThread(question: PartingDialogProps['question']): boolean {
  return question.about === 'remove-channel' && question.channel.type === 'thread';
}

function partedFrom(question: PartingDialogProps['question']): { name: string } {
  if (question.about === 'remove-channel') return question.channel;
  return question.about === 'remove-category' ? question.category : question.server;
}
