import type { EditInstance, InstanceSettings } from '@harmonium/api/config';
import { isTheme } from '@harmonium/api/themes';
import { Match, Switch, createResource, createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { TextInput } from '../design/field.tsx';
import { LeaveGuard } from '../design/leave-guard.tsx';
import { SaveBar } from '../design/save-bar.tsx';
import { useToasts } from '../design/toast.tsx';
import { useInstanceReload } from '../instance.tsx';
import { fieldProblem, formProblem, problemSentence } from '../problems.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/instance.ts';
import { createSubmission } from '../submission.ts';
import { THEME_LOOKS } from './looks.ts';
import { ModeCards } from './mode-cards.tsx';
import { RadioList } from './radio-list.tsx';
import { SettingRow } from './setting-row.tsx';
import { ThemeCards } from './theme-cards.tsx';

const REGISTRATION = [
  { value: 'open', name: t('instance.open'), sentence: t('instance.openSentence') },
  { value: 'invite', name: t('instance.invite'), sentence: t('instance.inviteSentence') },
  { value: 'closed', name: t('instance.closed'), sentence: t('instance.closedSentence') },
] as const;

const SAVE_WORDS = {
  unsaved: t('instance.unsaved'),
  discard: t('instance.discard'),
  save: t('instance.save'),
};
const LEAVE_WORDS = {
  title: t('instance.leaveTitle'),
  sentence: t('instance.leaveSentence'),
  stay: t('instance.stay'),
  leave: t('instance.leave'),
};
/** Each follows the configuration again. */
const NOTHING_SET: EditInstance = {
  name: null,
  registration: null,
  defaultTheme: null,
  defaultMode: null,
};

/** What the owner of the instance may set. */
export function InstanceSection() {
  const call = useApi();
  const [settings, { refetch, mutate }] = createResource(() =>
    call('GET /api/instance').catch(() => undefined),
  );
  const known = () => (settings.state === 'pending' ? undefined : settings.latest);
  return (
    <Switch>
      <Match when={known()}>
        {(saved) => <InstanceForm saved={saved()} onSaved={(next) => mutate(next)} />}
      </Match>
      <Match when={settings.state === 'ready'}>
        <p role="alert" class="text-second">
          {t('instance.failed')}
        </p>
        <Button look="quiet" class="mt-3" onClick={() => void refetch()}>
          {t('instance.retry')}
        </Button>
      </Match>
    </Switch>
  );
}

function InstanceForm(props: {
  saved: InstanceSettings;
  onSaved: (settings: InstanceSettings) => void;
}) {
  const call = useApi();
  const reload = useInstanceReload();
  const toasts = useToasts();
  const saving = createSubmission();
  const [draft, setDraft] = createSignal<EditInstance>({});
  const shown = () => ({ ...props.saved, ...draft() });
  const change = (changes: EditInstance) => setDraft({ ...draft(), ...changes });
  const isDirty = () =>
    shown().name !== props.saved.name ||
    shown().registration !== props.saved.registration ||
    shown().defaultTheme !== props.saved.defaultTheme ||
    shown().defaultMode !== props.saved.defaultMode;
  const discard = (): void => {
    setDraft({});
    saving.clear();
  };

  async function send(body: EditInstance, sentence: string): Promise<void> {
    const went = await saving.run(async () => {
      props.onSaved(await call('PATCH /api/instance', { body }));
      setDraft({});
      reload();
    });
    if (went) toasts.say(sentence);
    else if (!isDirty()) toasts.complain(problemSentence(saving.problem()));
  }

  return (
    <>
      <form
        class="flex flex-col gap-8"
        onSubmit={(event) => {
          event.preventDefault();
          if (isDirty()) void send(draft(), t('instance.saved'));
        }}
      >
        <p class="text-pretty text-second">{t('instance.welcome')}</p>
        <TextInput
          label={t('instance.name')}
          hint={t('instance.nameHint')}
          problem={fieldProblem(saving.problem(), 'name')}
          required
          maxLength={100}
          autocomplete="off"
          value={shown().name ?? ''}
          onInput={(name) => change({ name })}
        />
        <RadioList
          label={t('instance.registration')}
          value={shown().registration ?? undefined}
          choices={REGISTRATION}
          onChange={(registration) => change({ registration })}
        />
        <Looks draft={shown()} onChange={change} />
      </form>
      <div class="mt-8 border-t border-line">
        <SettingRow title={t('instance.back')} sentence={t('instance.backSentence')}>
          <Button
            look="quiet"
            disabled={isDirty()}
            busy={saving.busy()}
            onClick={() => void send(NOTHING_SET, t('instance.isBack'))}
          >
            {t('instance.back')}
          </Button>
        </SettingRow>
      </div>
      <SaveBar
        open={isDirty()}
        busy={saving.busy()}
        problem={formProblem(saving.problem())}
        disabled={(shown().name ?? '').trim() === ''}
        words={SAVE_WORDS}
        onDiscard={discard}
        onSave={() => void send(draft(), t('instance.saved'))}
      />
      <LeaveGuard when={isDirty()} words={LEAVE_WORDS} onGiveUp={discard} />
    </>
  );
}

/** Theme and mode of those who chose none. */
function Looks(props: {
  draft: { defaultTheme?: string | null; defaultMode?: InstanceSettings['defaultMode'] | null };
  onChange: (changes: EditInstance) => void;
}) {
  const theme = () => (isTheme(props.draft.defaultTheme) ? props.draft.defaultTheme : 'harmonium');
  return (
    <>
      <ThemeCards
        group="instance-theme"
        legend={t('instance.theme')}
        sentence={t('instance.themeSentence')}
        looks={THEME_LOOKS}
        chosen={theme()}
        otherwise="harmonium"
        mode={props.draft.defaultMode === 'light' ? 'light' : 'dark'}
        columns={3}
        onChoose={(defaultTheme) => props.onChange({ defaultTheme })}
      />
      <ModeCards
        group="instance-mode"
        legend={t('instance.mode')}
        chosen={props.draft.defaultMode}
        theme={theme()}
        onChoose={(defaultMode) => props.onChange({ defaultMode })}
      />
    </>
  );
}
