import type { Emoji } from '@harmonium/api/emoji';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { Dialog } from '../design/dialog.tsx';
import { useToasts } from '../design/toast.tsx';
import { EmojiPicture } from '../emoji/emoji-picture.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { formProblem } from '../problems.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/server-settings.ts';
import { createSubmission } from '../submission.ts';

/** Asks before an emoji goes for good. */
export function RemoveEmojiDialog(props: { emoji: Emoji; onClose: () => void }) {
  const call = useApi();
  const toasts = useToasts();
  const removing = createSubmission();
  // What is asked about stays the same while others change it.
  const { id: eid, serverId: id, name } = props.emoji;

  function remove(): void {
    void removing.run(async () => {
      await call('DELETE /api/servers/:id/emojis/:eid', { params: { id, eid } });
      toasts.say(t('emojiSettings.removed', name));
      props.onClose();
    });
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('emojiSettings.removeTitle', name)}
      sentence={t('emojiSettings.removeSentence')}
    >
      <FormProblem sentence={formProblem(removing.problem())} />
      <div class="grid place-items-center rounded-medium bg-raised py-5">
        <EmojiPicture emoji={props.emoji} class="size-16" />
      </div>
      <DialogActions>
        <Button look="bare" onClick={() => props.onClose()}>
          {t('emojiSettings.cancel')}
        </Button>
        <Button look="danger" busy={removing.busy()} onClick={remove}>
          {t('emojiSettings.removeButton')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
