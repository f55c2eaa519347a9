/** The themes that the app brings; each has a dark and a light mode. */
export const THEMES = ['harmonium', 'cathedral', 'reed'] as const;
export type Theme = (typeof THEMES)[number];

export function isTheme(name: unknown): name is Theme {
  return THEMES.some((theme) => theme === name);
}
