import { useParams } from '@solidjs/router';
import Mic from 'lucide-solid/icons/mic';
import Palette from 'lucide-solid/icons/palette';
import ShieldCheck from 'lucide-solid/icons/shield-check';
import User from 'lucide-solid/icons/user';
import { SettingsFrame } from '../design/settings-frame.tsx';
import type { SettingsSection } from '../design/settings-frame.tsx';
import { t } from '../strings/settings.ts';
import { AccountSection } from './account-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { DevicesSection } from './devices-section.tsx';
import { SecuritySection } from './security-section.tsx';

const SECTIONS: readonly SettingsSection[] = [
  {
    key: 'appearance',
    name: t('settings.appearance'),
    icon: Palette,
    content: AppearanceSection,
  },
  { key: 'voice', name: t('settings.voice'), icon: Mic, content: DevicesSection },
  { key: 'account', name: t('settings.account'), icon: User, content: AccountSection },
  {
    key: 'security',
    name: t('settings.security'),
    icon: ShieldCheck,
    content: SecuritySection,
  },
];

/** What concerns the user, on every server. */
export function SettingsPage() {
  const params = useParams<{ section?: string }>();
  return (
    <SettingsFrame
      title={t('settings.title')}
      back={{ href: '/', name: t('settings.close') }}
      base="/settings"
      sections={SECTIONS}
      open={params.section}
    />
  );
}
