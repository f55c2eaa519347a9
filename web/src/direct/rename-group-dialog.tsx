import type { DirectChannel } from '@harmonium/api/direct';
import { NameDialog } from '../servers/name-dialog.tsx';
import { t } from '../strings/direct.ts';
import type { Direct } from './create-direct.ts';

export function RenameGroupDialog(props: {
  direct: Direct;
  channel: DirectChannel;
  onClose: () => void;
}) {
  return (
    <NameDialog
      title={t('direct.rename')}
      label={t('direct.groupName')}
      hint={t('direct.renameHint')}
      name={props.channel.name}
      cancel={t('direct.cancel')}
      submit={t('direct.save')}
      onSubmit={(name) => props.direct.rename(props.channel.id, name)}
      onClose={props.onClose}
    />
  );
}
