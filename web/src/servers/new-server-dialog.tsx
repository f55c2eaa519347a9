import { useNavigate } from '@solidjs/router';
import { Match, Switch, createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextInput } from '../design/field.tsx';
import { Segments } from '../design/segments.tsx';
import { inviteCodeIn } from '../invites/invite-code.ts';
import { FormProblem } from '../login/entry-page.tsx';
import { fieldProblem, formProblem } from '../problems.ts';
import { useRooms } from '../room/rooms.tsx';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/strings.ts';
import { createSubmission } from '../submission.ts';

/** A server of one's own, or the way into somebody's. */
export function NewServerDialog(props: { way: 'create' | 'join'; onClose: () => void }) {
  const [way, setWay] = createSignal(props.way);
  return (
    <Dialog open onClose={props.onClose} title={t('servers.newTitle')}>
      <Segments
        label={t('servers.newTitle')}
        value={way()}
        onChange={setWay}
        choices={[
          { value: 'create', label: t('servers.create') },
          { value: 'join', label: t('servers.join') },
        ]}
      />
      <Switch>
        <Match when={way() === 'create'}>
          <Create onDone={props.onClose} />
        </Match>
        <Match when={way() === 'join'}>
          <Join onDone={props.onClose} />
        </Match>
      </Switch>
    </Dialog>
  );
}

function Create(props: { onDone: () => void }) {
  const call = useApi();
  const rooms = useRooms();
  const navigate = useNavigate();
  const [name, setName] = createSignal('');
  const creating = createSubmission();

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    void creating.run(async () => {
      const { server } = await call('POST /api/servers', { body: { name: name() } });
      rooms.add(server);
      props.onDone();
      navigate(`/servers/${server.id}`);
    });
  }

  return (
    <form onSubmit={submit} class="mt-5">
      <p class="mb-5 text-second">{t('servers.createSentence')}</p>
      <FormProblem sentence={formProblem(creating.problem())} />
      <TextInput
        label={t('servers.createName')}
        placeholder={t('servers.createPlaceholder')}
        problem={fieldProblem(creating.problem(), 'name')}
        required
        focusFirst
        maxLength={100}
        autocomplete="off"
        value={name()}
        onInput={setName}
      />
      <DialogActions>
        <Button type="submit" busy={creating.busy()} disabled={name().trim() === ''}>
          {t('servers.createButton')}
        </Button>
      </DialogActions>
    </form>
  );
}

function Join(props: { onDone: () => void }) {
  const navigate = useNavigate();
  const [link, setLink] = createSignal('');
  const [problem, setProblem] = createSignal<string>();

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const code = inviteCodeIn(link());
    if (code === undefined) {
      setProblem(t('fields.inviteLink'));
      return;
    }
    props.onDone();
    navigate(`/invite/${code}`);
  }

  return (
    <form onSubmit={submit} class="mt-5">
      <p class="mb-5 text-second">{t('servers.joinSentence')}</p>
      <TextInput
        label={t('servers.joinLink')}
        placeholder={t('servers.joinPlaceholder')}
        problem={problem()}
        required
        focusFirst
        maxLength={500}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        value={link()}
        onInput={(value) => {
          setLink(value);
          setProblem(undefined);
        }}
      />
      <DialogActions>
        <Button type="submit" disabled={link().trim() === ''}>
          {t('servers.joinButton')}
        </Button>
      </DialogActions>
    </form>
  );
}
