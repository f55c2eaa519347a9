import { ALL_PERMISSIONS, Permission, hasPermission } from '@harmonium/api/permissions';
import { useNavigate } from '@solidjs/router';
import { Show, createSignal } from 'solid-js';
import { PrivatePicker } from '../channel-settings/private-picker.tsx';
import { privateOverrides } from '../channel-settings/private-overrides.ts';
import type { Target } from '../channel-settings/target.ts';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Choice, TextInput } from '../design/field.tsx';
import { Segments } from '../design/segments.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { fieldProblem, formProblem } from '../problems.ts';
import { useRooms } from '../room/rooms.tsx';
import { myServerPermissions } from '../room/server-view.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/strings.ts';
import { createSubmission } from '../submission.ts';
import type { Question } from './question.ts';

interface NewChannelDialogProps {
  question: Extract<Question, { about: 'new-channel' }>;
  onClose: () => void;
}

export function NewChannelDialog(props: NewChannelDialogProps) {
  const call = useApi();
  const navigate = useNavigate();
  const [type, setType] = createSignal(props.question.type ?? 'text');
  const [name, setName] = createSignal('');
  const [categoryId, setCategoryId] = createSignal(props.question.categoryId ?? '');
  const [isPrivate, setPrivate] = createSignal(false);
  const [letIn, setLetIn] = createSignal<readonly Target[]>([]);
  const rooms = useRooms();
  const creating = createSubmission();
  const state = () => rooms.server(props.question.server.id);
  const held = () => {
    const known = state();
    return known === undefined ? 0n : myServerPermissions(known, Date.now());
  };
  /** Whom a channel is hidden from is a matter of roles, and only what one holds can be given. */
  const mayHide = () => hasPermission(held(), Permission.MANAGE_ROLES | Permission.VIEW_CHANNEL);

  function overrides() {
    const me = held() === ALL_PERMISSIONS ? undefined : state()?.me.user.id;
    return isPrivate() ? privateOverrides(props.question.server.id, letIn(), me) : undefined;
  }

  const categories = () => [
    { value: '', label: t('channels.noCategory') },
    ...props.question.categories.map(({ id, name: label }) => ({ value: String(id), label })),
  ];
  /** Only a category that is offered can be chosen. */
  const chosenCategory = () =>
    props.question.categories.find((category) => category.id === categoryId())?.id;

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    void creating.run(async () => {
      const { server } = props.question;
      const channel = await call('POST /api/servers/:id/channels', {
        params: { id: server.id },
        body: {
          name: name(),
          type: type(),
          categoryId: chosenCategory(),
          overrides: overrides(),
        },
      });
      props.onClose();
      if (channel.type === 'text') navigate(`/servers/${server.id}/${channel.id}`);
    });
  }

  return (
    <Dialog open onClose={props.onClose} title={t('channels.createTitle')}>
      <form onSubmit={submit}>
        <Segments
          label={t('channels.type')}
          value={type()}
          onChange={setType}
          choices={[
            { value: 'text', label: t('channels.text') },
            { value: 'voice', label: t('channels.voice') },
          ]}
        />
        <p class="mt-2 mb-5 text-center text-second">
          {type() === 'text' ? t('channels.textSentence') : t('channels.voiceSentence')}
        </p>
        <FormProblem sentence={formProblem(creating.problem())} />
        <TextInput
          label={t('channels.name')}
          placeholder={
            type() === 'text' ? t('channels.textPlaceholder') : t('channels.voicePlaceholder')
          }
          problem={fieldProblem(creating.problem(), 'name')}
          required
          focusFirst
          maxLength={100}
          autocomplete="off"
          value={name()}
          onInput={setName}
        />
        <Show when={props.question.categories.length > 0}>
          <Choice
            class="mt-5"
            label={t('channels.category')}
            value={categoryId()}
            choices={categories()}
            onChange={setCategoryId}
          />
        </Show>
        <Show when={mayHide()}>
          <PrivatePicker
            serverId={props.question.server.id}
            roles={state()?.structure.roles ?? []}
            isPrivate={isPrivate()}
            letIn={letIn()}
            onPrivate={setPrivate}
            onLetIn={setLetIn}
          />
        </Show>
        <DialogActions>
          <Button type="submit" busy={creating.busy()} disabled={name().trim() === ''}>
            {t('channels.createButton')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
