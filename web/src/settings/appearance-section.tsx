import type { Theme } from '@harmonium/api/themes';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/settings.ts';
import { chosenTheme, mode, placeTheme, shownMode, theme } from './appearance.ts';
import type { Mode } from './appearance.ts';
import { THEME_LOOKS } from './looks.ts';
import type { ThemeLook } from './looks.ts';
import { ModeCards } from './mode-cards.tsx';
import { ThemeCards } from './theme-cards.tsx';

const LOOKS: readonly ThemeLook<Theme | undefined>[] = [
  ...THEME_LOOKS,
  {
    theme: undefined,
    name: t('settings.followTheme'),
    sentence: t('settings.followThemeSentence'),
  },
];

export function AppearanceSection() {
  const { preferences } = useSession();
  const toasts = useToasts();
  const choose = (changes: { theme?: Theme | undefined; mode?: Mode }) =>
    void preferences
      .choose(changes)
      .catch((problem: unknown) => toasts.complain(problemSentence(problem)));
  return (
    <div class="flex flex-col gap-8">
      <ThemeCards
        group="theme"
        legend={t('settings.theme')}
        looks={LOOKS}
        chosen={chosenTheme()}
        otherwise={placeTheme()}
        mode={shownMode()}
        columns={2}
        onChoose={(chosen) => choose({ theme: chosen })}
      />
      <ModeCards
        group="mode"
        legend={t('settings.mode')}
        chosen={mode()}
        theme={theme()}
        onChoose={(chosen) => choose({ mode: chosen })}
      />
    </div>
  );
}
