import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal';
import { late } from '../design/late.tsx';
import { Menu } from '../design/menu.tsx';
import { t } from '../strings/strings.ts';

const DeviceItems = late(async () => (await import('./device-items.tsx')).DeviceItems);

/** What one speaks and hears with. */
export function DeviceMenu(props: { class?: string }) {
  return (
    <Menu
      label={t('voice.devices')}
      placement="top-start"
      triggerClass={`touch-target grid size-8 shrink-0 place-items-center rounded-small text-second transition hover:bg-raised-more hover:text-ink data-expanded:bg-raised-more ${props.class ?? ''}`}
      trigger={<SlidersHorizontal size={16} />}
    >
      <DeviceItems />
    </Menu>
  );
}
