import { Show, createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/account.ts';
import { createSubmission } from '../submission.ts';
import { readAll } from './read-all.ts';
import { saveFile } from './save-file.ts';
import { SettingRow } from './setting-row.tsx';

/** Everything of one's own as a file. How large it gets nobody knows before, so it is counted. */
export function ExportRow() {
  const session = useSession();
  const toasts = useToasts();
  const saving = createSubmission();
  const [received, setReceived] = createSignal(0);

  async function save(): Promise<void> {
    const answer = await session.download('/api/users/@me/export');
    const parts = await readAll(answer, setReceived);
    saveFile(new Blob(parts, { type: 'application/zip' }), t('account.exportFile'));
  }
  async function run(): Promise<void> {
    setReceived(0);
    if (await saving.run(save)) toasts.say(t('account.exportDone'));
    else toasts.complain(problemSentence(saving.problem()));
  }

  return (
    <SettingRow title={t('account.export')} sentence={t('account.exportSentence')}>
      <div class="flex items-center gap-4">
        <Show when={saving.busy() && received() > 0}>
          <span role="status" class="text-label text-third tabular-nums">
            {t('account.exporting', inBytes(received()))}
          </span>
        </Show>
        <Button look="quiet" busy={saving.busy()} onClick={() => void run()}>
          {t('account.exportButton')}
        </Button>
      </div>
    </SettingRow>
  );
}

function inBytes(count: number): string {
  const isLarge = count >= 1_000_000;
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit: isLarge ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: isLarge ? 1 : 0,
  }).format(count / (isLarge ? 1_000_000 : 1_000));
}
