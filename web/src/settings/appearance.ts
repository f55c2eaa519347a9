import { createSignal } from 'solid-js';

export type Mode = 'dark' | 'light' | 'system';

// public/appearance.js reads the same keys before the first paint.
const CHOSEN = 'harmonium.mode';
const INSTANCE_DEFAULT = 'harmonium.mode.default';

const light = matchMedia('(prefers-color-scheme: light)');

const [mode, setSignal] = createSignal<Mode>(read(CHOSEN) ?? read(INSTANCE_DEFAULT) ?? 'dark');

/** The mode in force: the user's choice, else the instance's. */
export { mode };

export function chooseMode(chosen: Mode): void {
  store(CHOSEN, chosen);
  setSignal(chosen);
  paint();
}

export function rememberInstanceMode(instanceMode: Mode): void {
  store(INSTANCE_DEFAULT, instanceMode);
  if (read(CHOSEN) !== undefined) return;
  setSignal(instanceMode);
  paint();
}

function paint(): void {
  const isLight = mode() === 'light' || (mode() === 'system' && light.matches);
  document.documentElement.dataset['mode'] = isLight ? 'light' : 'dark';
  const rail = getComputedStyle(document.documentElement).getPropertyValue('--rail');
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', rail);
}

light.addEventListener('change', paint);

function read(key: string): Mode | undefined {
  try {
    const text = localStorage.getItem(key);
    return text === 'dark' || text === 'light' || text === 'system' ? text : undefined;
  } catch {
    return undefined;
  }
}

function store(key: string, value: Mode): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Blocked storage: the choice lasts as long as the page.
  }
}
