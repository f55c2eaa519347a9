import { useParams } from '@solidjs/router';
import Bell from 'lucide-solid/icons/bell';
import House from 'lucide-solid/icons/house';
import EyeOff from 'lucide-solid/icons/eye-off';
import Mic from 'lucide-solid/icons/mic';
import Palette from 'lucide-solid/icons/palette';
import ShieldCheck from 'lucide-solid/icons/shield-check';
import User from 'lucide-solid/icons/user';
import { createMemo } from 'solid-js';
import { SettingsFrame } from '../design/settings-frame.tsx';
import type { SettingsSection } from '../design/settings-frame.tsx';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/settings.ts';
import { AccountSection } from './account-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { InstanceSection } from './instance-section.tsx';
import { NotificationsSection } from './notifications-section.tsx';
import { PrivacySection } from './privacy-section.tsx';
import { SecuritySection } from './security-section.tsx';
import { VoiceSection } from './voice/voice-section.tsx';

const SECTIONS: readonly SettingsSection[] = [
  {
    key: 'appearance',
    name: t('settings.appearance'),
    icon: Palette,
    content: AppearanceSection,
  },
  {
    key: 'notifications',
    name: t('settings.notifications'),
    icon: Bell,
    content: NotificationsSection,
  },
  { key: 'voice', name: t('settings.voice'), icon: Mic, content: VoiceSection },
  { key: 'account', name: t('settings.account'), icon: User, content: AccountSection },
  {
    key: 'security',
    name: t('settings.security'),
    icon: ShieldCheck,
    content: SecuritySection,
  },
  { key: 'privacy', name: t('settings.privacy'), icon: EyeOff, content: PrivacySection },
];

/** For the owner of the instance. */
const INSTANCE: SettingsSection = {
  key: 'instance',
  name: t('settings.instance'),
  icon: House,
  content: InstanceSection,
};

/** What concerns the user, on every server. */
export function SettingsPage() {
  const params = useParams<{ section?: string }>();
  const session = useSession();
  const ownsInstance = createMemo(() => session.user()?.instanceOwner === true);
  return (
    <SettingsFrame
      title={t('settings.title')}
      back={{ href: '/', name: t('settings.close') }}
      base="/settings"
      sections={ownsInstance() ? [...SECTIONS, INSTANCE] : SECTIONS}
      open={params.section}
    />
  );
}
