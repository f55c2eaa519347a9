import { createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Choice, TextInput } from '../design/field.tsx';
import { useRooms } from '../room/rooms.tsx';
import { t } from '../strings/strings.ts';
import { clearMoment } from './clear-moment.ts';
import type { ClearAfter } from './clear-moment.ts';

const MAX_STATUS = 128;

/** A line beside one's name, for a while or until it is changed. */
export function StatusDialog(props: { onClose: () => void }) {
  const rooms = useRooms();
  const [text, setText] = createSignal(rooms.presence().text ?? '');
  const [after, setAfter] = createSignal<ClearAfter>('never');

  function save(said: string): void {
    rooms.setStatusText(said, clearMoment(after(), Date.now()));
    props.onClose();
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('me.statusTitle')}
      sentence={t('me.statusSentence')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save(text());
        }}
      >
        <TextInput
          label={t('me.status')}
          placeholder={t('me.statusPlaceholder')}
          focusFirst
          maxLength={MAX_STATUS}
          autocomplete="off"
          value={text()}
          onInput={setText}
        />
        <Choice
          class="mt-5"
          label={t('me.clearAfter')}
          value={after()}
          choices={[
            { value: 'never', label: t('me.clearNever') },
            { value: 'minutes', label: t('me.clearMinutes') },
            { value: 'hour', label: t('me.clearHour') },
            { value: 'hours', label: t('me.clearHours') },
            { value: 'today', label: t('me.clearToday') },
          ]}
          onChange={setAfter}
        />
        <DialogActions>
          <Button look="bare" onClick={() => save('')}>
            {t('me.clearStatus')}
          </Button>
          <Button type="submit">{t('servers.save')}</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
