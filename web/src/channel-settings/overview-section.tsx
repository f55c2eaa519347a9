import { useNavigate } from '@solidjs/router';
import { Show, createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Choice, TextInput } from '../design/field.tsx';
import { LeaveGuard } from '../design/leave-guard.tsx';
import { SaveBar } from '../design/save-bar.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { fieldProblem, formProblem } from '../problems.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/channel-settings.ts';
import { createSubmission } from '../submission.ts';
import { useChannel } from './channel-context.tsx';
import { leaveWords, saveWords } from './save-words.ts';
import { slowmodeChoices } from './slowmode-choices.ts';

interface Draft {
  name?: string;
  topic?: string;
  slowmode?: string;
  categoryId?: string;
}

const MAX_TOPIC = 1024;
/** Topic characters left at which it is said. */
const COUNT_FROM = 100;

/** Name, topic, slow mode and category; and the way to delete it. */
export function OverviewSection() {
  const { state, channel } = useChannel();
  const call = useApi();
  const [draft, setDraft] = createSignal<Draft>({});
  const saving = createSubmission();

  const saved = () => ({
    name: channel().name,
    topic: channel().topic,
    slowmode: String(channel().slowmode),
    categoryId: String(channel().categoryId ?? ''),
  });
  const shown = () => ({ ...saved(), ...draft() });
  const isChanged = (key: keyof Draft) => shown()[key] !== saved()[key];
  const isDirty = () => (Object.keys(draft()) as (keyof Draft)[]).some(isChanged); // Its own keys.
  const edit = (change: Draft) => setDraft({ ...draft(), ...change });
  const topicLeft = () => MAX_TOPIC - shown().topic.length;

  const categories = () => [
    { value: '', label: t('channelSettings.noCategory') },
    ...state().structure.categories.map(({ id, name }) => ({ value: String(id), label: name })),
  ];

  async function save(): Promise<void> {
    const { name, topic, slowmode, categoryId } = shown();
    if (isChanged('name') || isChanged('topic') || isChanged('slowmode')) {
      await call('PATCH /api/channels/:id', {
        params: { id: channel().id },
        body: { name, topic, slowmode: Number(slowmode) },
      });
    }
    if (isChanged('categoryId')) {
      const { server, channels, categories: known } = state().structure;
      const into = known.find(({ id }) => id === categoryId)?.id ?? null;
      await call('PATCH /api/servers/:id/channels', {
        params: { id: server.id },
        body: [{ id: channel().id, position: channels.length, categoryId: into }],
      });
    }
    setDraft({});
  }

  return (
    <form
      class="flex flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        if (isDirty()) void saving.run(save);
      }}
    >
      <TextInput
        label={t('channelSettings.name')}
        problem={fieldProblem(saving.problem(), 'name')}
        required
        maxLength={100}
        autocomplete="off"
        value={shown().name}
        onInput={(name) => edit({ name })}
      />
      <Show when={channel().type === 'text'}>
        <TextInput
          label={t('channelSettings.topic')}
          placeholder={t('channelSettings.topicPlaceholder')}
          hint={topicLeft() <= COUNT_FROM ? t('channelSettings.topicLeft', topicLeft()) : undefined}
          maxLength={MAX_TOPIC}
          autocomplete="off"
          value={shown().topic}
          onInput={(topic) => edit({ topic })}
        />
        <div>
          <Choice
            label={t('channelSettings.slowmode')}
            value={shown().slowmode}
            choices={slowmodeChoices(channel().slowmode)}
            onChange={(slowmode) => edit({ slowmode })}
          />
          <p class="mt-1.5 text-label text-third">{t('channelSettings.slowmodeHint')}</p>
        </div>
      </Show>
      <Show when={state().structure.categories.length > 0}>
        <Choice
          label={t('channelSettings.category')}
          value={shown().categoryId}
          choices={categories()}
          onChange={(categoryId) => edit({ categoryId })}
        />
      </Show>
      <Removal onRemoved={() => setDraft({})} />
      <LeaveGuard when={isDirty()} words={leaveWords()} onGiveUp={() => setDraft({})} />
      <SaveBar
        open={isDirty()}
        busy={saving.busy()}
        problem={formProblem(saving.problem())}
        disabled={shown().name.trim() === ''}
        words={saveWords()}
        onDiscard={() => {
          setDraft({});
          saving.clear();
        }}
        onSave={() => void saving.run(save)}
      />
    </form>
  );
}

/** What cannot be taken back is asked once more. */
function Removal(props: { onRemoved: () => void }) {
  const { state, channel } = useChannel();
  const call = useApi();
  const navigate = useNavigate();
  const [isAsking, setAsking] = createSignal(false);
  const removing = createSubmission();

  async function remove(): Promise<void> {
    const { id } = channel();
    const address = `/servers/${state().structure.server.id}`;
    await call('DELETE /api/channels/:id', { params: { id } });
    props.onRemoved();
    navigate(address);
  }

  return (
    <section class="mt-4 border-t border-line pt-6">
      <h3 class="font-bold">{t('channelSettings.removeHeading')}</h3>
      <p class="mt-1 mb-4 text-second">{t('channelSettings.removeSentence')}</p>
      <Button look="danger" onClick={() => setAsking(true)}>
        {t('channelSettings.remove')}
      </Button>
      <Show when={isAsking()}>
        <Dialog
          open
          onClose={() => setAsking(false)}
          title={t('channelSettings.removeTitle', channel().name)}
          sentence={t('channelSettings.removeSentence')}
        >
          <FormProblem sentence={formProblem(removing.problem())} />
          <DialogActions>
            <Button look="bare" onClick={() => setAsking(false)}>
              {t('channelSettings.cancel')}
            </Button>
            <Button look="danger" busy={removing.busy()} onClick={() => void removing.run(remove)}>
              {t('channelSettings.remove')}
            </Button>
          </DialogActions>
        </Dialog>
      </Show>
    </section>
  );
}
