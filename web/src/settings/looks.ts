import type { Theme } from '@harmonium/api/themes';
import { t } from '../strings/settings.ts';
import type { Mode } from './appearance.ts';

export const MODES: readonly { mode: Mode; name: string; sentence: string }[] = [
  { mode: 'dark', name: t('settings.dark'), sentence: t('settings.darkSentence') },
  { mode: 'light', name: t('settings.light'), sentence: t('settings.lightSentence') },
  { mode: 'system', name: t('settings.system'), sentence: t('settings.systemSentence') },
];

/** A theme in words, or the choice of none. */
export interface ThemeLook<Choice> {
  theme: Choice;
  name: string;
  sentence: string;
}

export const THEME_LOOKS: readonly ThemeLook<Theme>[] = [
  { theme: 'harmonium', name: t('settings.harmonium'), sentence: t('settings.harmoniumSentence') },
  { theme: 'cathedral', name: t('settings.cathedral'), sentence: t('settings.cathedralSentence') },
  { theme: 'reed', name: t('settings.reed'), sentence: t('settings.reedSentence') },
];
