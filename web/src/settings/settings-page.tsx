import { A, useNavigate, useParams } from '@solidjs/router';
import ArrowLeft from 'lucide-solid/icons/arrow-left';
import Mic from 'lucide-solid/icons/mic';
import Palette from 'lucide-solid/icons/palette';
import User from 'lucide-solid/icons/user';
import { For, Match, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { createShortcut } from '../design/shortcut.ts';
import { createPageTitle } from '../design/page-title.ts';
import { t } from '../strings/settings.ts';
import { AccountSection } from './account-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { DevicesSection } from './devices-section.tsx';

const SECTIONS = [
  { key: 'appearance', name: t('settings.appearance'), icon: Palette },
  { key: 'voice', name: t('settings.voice'), icon: Mic },
  { key: 'account', name: t('settings.account'), icon: User },
] as const;

export function SettingsPage() {
  const params = useParams<{ section?: string }>();
  const navigate = useNavigate();
  const section = () => SECTIONS.find(({ key }) => key === params.section) ?? SECTIONS[0];
  createPageTitle(() => t('settings.title'));
  createShortcut('Escape', () => navigate('/'));
  return (
    <div class="flex min-h-dvh flex-col bg-main tablet:h-dvh tablet:flex-row">
      <header class="pt-safe shrink-0 bg-side px-3 pb-2 tablet:flex tablet:w-[320px] tablet:justify-end tablet:py-6">
        <div class="tablet:w-[240px]">
          <A
            href="/"
            class="mt-2 inline-flex min-h-11 items-center gap-2 rounded-small px-2.5 text-second transition hover:bg-raised hover:text-ink tablet:mt-0 tablet:min-h-9"
          >
            <ArrowLeft size={16} />
            {t('settings.close')}
          </A>
          <h1 class="mt-4 mb-3 px-2.5 text-display font-bold tracking-tight">
            {t('settings.title')}
          </h1>
          <nav
            aria-label={t('settings.title')}
            class="flex gap-1 overflow-x-auto tablet:flex-col tablet:gap-px"
          >
            <For each={SECTIONS}>
              {(entry) => (
                <A
                  href={`/settings/${entry.key}`}
                  aria-current={entry === section() ? 'page' : undefined}
                  class="flex min-h-11 shrink-0 items-center gap-3 rounded-small px-2.5 transition-colors tablet:min-h-[38px]"
                  classList={{
                    'bg-raised-more text-ink': entry === section(),
                    'text-second hover:bg-raised hover:text-ink': entry !== section(),
                  }}
                >
                  <Dynamic component={entry.icon} size={17} class="max-tablet:hidden" />
                  {entry.name}
                </A>
              )}
            </For>
          </nav>
        </div>
      </header>
      <main class="pb-safe flex-1 overflow-y-auto">
        <div class="max-w-[640px] px-5 py-8 tablet:px-10 tablet:py-[84px]">
          <h2 class="mb-6 text-title font-bold">{section().name}</h2>
          <Switch>
            <Match when={section().key === 'appearance'}>
              <AppearanceSection />
            </Match>
            <Match when={section().key === 'voice'}>
              <DevicesSection />
            </Match>
            <Match when={section().key === 'account'}>
              <AccountSection />
            </Match>
          </Switch>
        </div>
      </main>
    </div>
  );
}
