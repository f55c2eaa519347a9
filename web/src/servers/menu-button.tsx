import Menu from 'lucide-solid/icons/menu';
import { IconButton } from '../design/icon-button.tsx';
import { t } from '../strings/strings.ts';
import { usePanels } from './panels.tsx';

/** Opens the servers and channels where they are no column of their own. */
export function MenuButton() {
  const panels = usePanels();
  return (
    <IconButton label={t('shell.openMenu')} class="size-11" onClick={() => panels.openMenu()}>
      <Menu size={20} />
    </IconButton>
  );
}
