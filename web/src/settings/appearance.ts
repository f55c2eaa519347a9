import { isTheme } from '@harmonium/api/themes';
import type { Theme } from '@harmonium/api/themes';
import { createMemo, createRoot, createSignal } from 'solid-js';

export type Mode = 'dark' | 'light' | 'system';

// public/appearance.js reads the same keys before the first paint.
const MODE = 'harmonium.mode';
const THEME = 'harmonium.theme';

const light = matchMedia('(prefers-color-scheme: light)');
const [systemLight, setSystemLight] = createSignal(light.matches);

/** What the user chose; undefined follows the server's or the instance's default. */
const [chosenMode, setChosenMode] = createSignal(asMode(read(MODE)));
const [chosenTheme, setChosenTheme] = createSignal(asTheme(read(THEME)));
const [defaultMode, setDefaultMode] = createSignal(asMode(read(`${MODE}.default`)));
const [defaultTheme, setDefaultTheme] = createSignal(asTheme(read(`${THEME}.default`)));
/** Of the server that is open: by its id, so that the first paint knows whether it is that one. */
const PLACE = `${THEME}.place`;
const [serverTheme, setServerTheme] = createSignal(themeOfAddress(read(PLACE)));

export { chosenTheme };

/** The mode in force. */
export const mode = createRoot(() => createMemo(() => chosenMode() ?? defaultMode() ?? 'dark'));
/** What the mode in force looks like, as the system is now. */
export const shownMode = (): 'dark' | 'light' =>
  mode() === 'light' || (mode() === 'system' && systemLight()) ? 'light' : 'dark';
/** The theme of those who chose none: the open server's, else the instance's. */
export const placeTheme = createRoot(() =>
  createMemo(() => serverTheme() ?? defaultTheme() ?? 'harmonium'),
);
/** The theme in force. */
export const theme = () => chosenTheme() ?? placeTheme();

/** What the account says. Kept in this browser, which paints before it knows who comes. */
export function showChosen(chosen: { mode?: Mode; theme?: Theme }): void {
  store(MODE, chosen.mode);
  store(THEME, chosen.theme);
  setChosenMode(chosen.mode);
  setChosenTheme(chosen.theme);
  paint();
}

/** @param server that is open, none elsewhere */
export function showServerTheme(server: { id: string; theme: string | null } | undefined): void {
  const shown = asTheme(server?.theme);
  store(PLACE, server === undefined || shown === undefined ? undefined : `${server.id} ${shown}`);
  setServerTheme(shown);
  paint();
}

export function rememberInstanceDefaults(defaults: { mode: Mode; theme: string }): void {
  const instanceTheme = asTheme(defaults.theme);
  store(`${MODE}.default`, defaults.mode);
  store(`${THEME}.default`, instanceTheme);
  setDefaultMode(defaults.mode);
  setDefaultTheme(instanceTheme);
  paint();
}

function paint(): void {
  const { dataset } = document.documentElement;
  dataset['theme'] = theme();
  dataset['mode'] = shownMode();
  const rail = getComputedStyle(document.documentElement).getPropertyValue('--rail');
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', rail);
}

light.addEventListener('change', () => {
  setSystemLight(light.matches);
  paint();
});

/** The theme kept for the server that the address names; see showServerTheme. */
function themeOfAddress(kept: string | null): Theme | undefined {
  const [id, name] = kept?.split(' ') ?? [];
  return location.pathname.startsWith(`/servers/${id}/`) ? asTheme(name) : undefined;
}

function asMode(text: string | null | undefined): Mode | undefined {
  return text === 'dark' || text === 'light' || text === 'system' ? text : undefined;
}

function asTheme(text: string | null | undefined): Theme | undefined {
  return isTheme(text) ? text : undefined;
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function store(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Blocked storage: the choice lasts as long as the page.
  }
}
