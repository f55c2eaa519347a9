import Check from 'lucide-solid/icons/check';
import Copy from 'lucide-solid/icons/copy';
import Download from 'lucide-solid/icons/download';
import { For, Show, createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { Dialog } from '../design/dialog.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/security.ts';
import { saveFile } from './save-file.ts';

/** The codes, this once, with ways to keep them. */
export function RecoveryCodes(props: { codes: readonly string[]; onClose: () => void }) {
  const session = useSession();
  const [copying, setCopying] = createSignal<'copied' | 'failed'>();

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(props.codes.join('\n'));
      setCopying('copied');
    } catch {
      // No clipboard outside of HTTPS and localhost, or it was refused.
      setCopying('failed');
    }
  }
  function download(): void {
    const head = t('security.codesFile', session.user()?.username ?? '', location.host);
    const file = new Blob([`${head}\n${props.codes.join('\n')}\n`], { type: 'text/plain' });
    saveFile(file, 'harmonium-recovery-codes.txt');
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('security.codesTitle')}
      sentence={t('security.codesSentence')}
    >
      <ul class="grid grid-cols-2 gap-x-4 gap-y-2 rounded-medium bg-main px-4 py-4 text-center font-mono select-text">
        <For each={props.codes}>{(code) => <li>{code}</li>}</For>
      </ul>
      <div class="mt-4 grid grid-cols-2 gap-3">
        <Button look="quiet" onClick={() => void copy()}>
          <span aria-live="polite" class="inline-flex items-center gap-2">
            <Show when={copying() === 'copied'} fallback={<Copy size={16} />}>
              <Check size={16} />
            </Show>
            {copying() === 'copied' ? t('security.copied') : t('security.copy')}
          </span>
        </Button>
        <Button look="quiet" onClick={download}>
          <Download size={16} />
          {t('security.download')}
        </Button>
      </div>
      <div class="mt-4 empty:hidden">
        <Show when={copying() === 'failed'}>
          <FormProblem sentence={t('security.copyFailed')} />
        </Show>
      </div>
      <DialogActions>
        <Button onClick={() => props.onClose()}>{t('security.kept')}</Button>
      </DialogActions>
    </Dialog>
  );
}
