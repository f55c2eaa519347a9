import { isTheme } from '@harmonium/api/themes';
import type { Theme } from '@harmonium/api/themes';
import { createMemo, createRoot, createSignal } from 'solid-js';

export type Mode = 'dark' | 'light' | 'system';

// public/appearance.js reads the same keys before the first paint.
const MODE = 'harmonium.mode';
const THEME = 'harmonium.theme';

const light = matchMedia('(prefers-color-scheme: light)');

/** What the user chose; undefined follows the server's or the instance's default. */
const [chosenMode, setChosenMode] = createSignal(asMode(read(MODE)));
const [chosenTheme, setChosenTheme] = createSignal(asTheme(read(THEME)));
const [defaultMode, setDefaultMode] = createSignal(asMode(read(`${MODE}.default`)));
const [defaultTheme, setDefaultTheme] = createSignal(asTheme(read(`${THEME}.default`)));
/** Of the server that is open. */
const [serverTheme, setServerTheme] = createSignal<Theme>();

export { chosenTheme };

/** The mode in force. */
export const mode = createRoot(() => createMemo(() => chosenMode() ?? defaultMode() ?? 'dark'));
/** The theme of those who chose none: the open server's, else the instance's. */
export const placeTheme = createRoot(() =>
  createMemo(() => serverTheme() ?? defaultTheme() ?? 'harmonium'),
);
/** The theme in force. */
export const theme = () => chosenTheme() ?? placeTheme();

export function chooseMode(chosen: Mode | undefined): void {
  store(MODE, chosen);
  setChosenMode(chosen);
  paint();
}

export function chooseTheme(chosen: Theme | undefined): void {
  store(THEME, chosen);
  setChosenTheme(chosen);
  paint();
}

/** @param name of the open server's theme, when it has one */
export function showServerTheme(name: string | null | undefined): void {
  setServerTheme(asTheme(name));
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
  const isLight = mode() === 'light' || (mode() === 'system' && light.matches);
  const { dataset } = document.documentElement;
  dataset['theme'] = theme();
  dataset['mode'] = isLight ? 'light' : 'dark';
  const rail = getComputedStyle(document.documentElement).getPropertyValue('--rail');
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', rail);
}

light.addEventListener('change', paint);

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
