import { isTheme } from '@harmonium/api/themes';
import type { Theme } from '@harmonium/api/themes';
import { createSignal } from 'solid-js';
import { TextInput } from '../design/field.tsx';
import { LeaveGuard } from '../design/leave-guard.tsx';
import { SaveBar } from '../design/save-bar.tsx';
import { PictureField } from '../pictures/picture-field.tsx';
import { fieldProblem, formProblem } from '../problems.ts';
import { ServerIcon } from '../servers/server-icon.tsx';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/server-settings.ts';
import { createSubmission } from '../submission.ts';
import { DangerZone } from './danger-zone.tsx';
import { LEAVE_WORDS, SAVE_WORDS } from './save-words.ts';
import { useServer } from './server-context.tsx';
import { ThemeChoice } from './theme-choice.tsx';

interface Draft {
  name?: string;
  theme?: Theme | null;
}

/** Name, picture and theme of the server; and the ways to part from it. */
export function OverviewSection() {
  const state = useServer();
  const call = useApi();
  const [draft, setDraft] = createSignal<Draft>({});
  const saving = createSubmission();

  const server = () => state().structure.server;
  const params = () => ({ id: server().id });
  const saved = () => {
    const { name, theme } = server();
    return { name, theme: isTheme(theme) ? theme : null };
  };
  const shown = () => ({ ...saved(), ...draft() });
  const isDirty = () => shown().name !== saved().name || shown().theme !== saved().theme;
  const discard = (): void => {
    setDraft({});
    saving.clear();
  };

  async function save(): Promise<void> {
    await call('PATCH /api/servers/:id', { params: params(), body: draft() });
    setDraft({});
  }

  return (
    <>
      <form
        class="flex flex-col gap-7"
        onSubmit={(event) => {
          event.preventDefault();
          if (isDirty()) void saving.run(save);
        }}
      >
        <PictureField
          label={t('serverSettings.server.picture')}
          isSet={server().icon !== null}
          upload={async (body) => {
            await call('PUT /api/servers/:id/icon', { params: params(), body });
          }}
          remove={async () => {
            await call('DELETE /api/servers/:id/icon', { params: params() });
          }}
        >
          <ServerIcon
            server={{ ...server(), name: shown().name }}
            size={84}
            active
            class="rounded-[26px] text-display"
          />
        </PictureField>
        <TextInput
          label={t('serverSettings.server.name')}
          problem={fieldProblem(saving.problem(), 'name')}
          required
          maxLength={100}
          autocomplete="off"
          value={shown().name}
          onInput={(name) => setDraft({ ...draft(), name })}
        />
        <ThemeChoice value={shown().theme} onChange={(theme) => setDraft({ ...draft(), theme })} />
      </form>
      <DangerZone />
      <SaveBar
        open={isDirty()}
        busy={saving.busy()}
        problem={formProblem(saving.problem())}
        disabled={shown().name.trim() === ''}
        words={SAVE_WORDS}
        onDiscard={discard}
        onSave={() => void saving.run(save)}
      />
      <LeaveGuard when={isDirty()} words={LEAVE_WORDS} onGiveUp={discard} />
    </>
  );
}
