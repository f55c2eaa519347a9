import type { Theme } from '@harmonium/api/themes';
import { placeTheme, shownMode } from '../settings/appearance.ts';
import { THEME_LOOKS } from '../settings/looks.ts';
import type { ThemeLook } from '../settings/looks.ts';
import { ThemeCards } from '../settings/theme-cards.tsx';
import { t } from '../strings/server-settings.ts';

const LOOKS: readonly ThemeLook<Theme | null>[] = [
  {
    theme: null,
    name: t('serverSettings.server.noTheme'),
    sentence: t('serverSettings.server.noThemeSentence'),
  },
  ...THEME_LOOKS,
];

/** The server's colours, or none of its own. */
export function ThemeChoice(props: {
  value: Theme | null;
  onChange: (theme: Theme | null) => void;
}) {
  return (
    <ThemeCards
      group="server-theme"
      legend={t('serverSettings.server.theme')}
      sentence={t('serverSettings.server.themeSentence')}
      looks={LOOKS}
      chosen={props.value}
      otherwise={placeTheme()}
      mode={shownMode()}
      columns={4}
      onChoose={props.onChange}
    />
  );
}
