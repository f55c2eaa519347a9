import { THEMES } from '@harmonium/api/themes';
import { describe, expect, test } from 'vitest';
import firstPaint from '../../public/appearance.js?raw';
import css from './tokens.css?raw';

const SURFACES = ['rail', 'side', 'main', 'raised', 'raised-more'];
/** WCAG 2.2, 1.4.3: text up to 24 px. */
const AA = 4.5;

const LOOKS = THEMES.flatMap((theme) => [`${theme} dark`, `${theme} light`]);

describe.each(LOOKS)('the inks of %s can be read', (look) => {
  const tokens = tokensOf(look);

  test.each(['ink', 'ink-second', 'brass-ink', 'live-ink', 'danger-ink'])(
    '%s everywhere',
    (ink) => {
      for (const surface of SURFACES) {
        expect(contrast(tokens, ink, surface), `${ink} on ${surface}`).toBeGreaterThanOrEqual(AA);
      }
    },
  );

  // On what is chosen or hovered the second ink or the first is used.
  test.each(['rail', 'side', 'main', 'raised'])('ink-third on %s', (surface) => {
    expect(contrast(tokens, 'ink-third', surface)).toBeGreaterThanOrEqual(AA);
  });

  test.each([
    ['on-brass', 'brass'],
    ['on-brass', 'brass-hover'],
    ['on-danger', 'danger'],
    ['on-danger', 'danger-hover'],
  ])('%s on %s', (ink, surface) => {
    expect(contrast(tokens, ink, surface)).toBeGreaterThanOrEqual(AA);
  });

  // WCAG 2.2, 1.4.11: what is no text but has to be seen.
  test.each(['brass', 'live', 'danger'])('%s stands out from what lies under it', (mark) => {
    for (const surface of SURFACES) {
      expect(contrast(tokens, mark, surface), `${mark} on ${surface}`).toBeGreaterThanOrEqual(3);
    }
  });
});

test.each(LOOKS)('the first paint knows the rail of %s', (look) => {
  const [theme = '', mode = ''] = look.split(' ');
  const rail = tokensOf(look).get('rail') ?? 'none';
  expect(firstPaint).toMatch(new RegExp(`${theme}: \\{[^}]*${mode}: '${rail}'`));
});

test.each([
  [{ 'harmonium.theme': 'reed', 'harmonium.mode': 'light' }, 'reed', 'light'],
  [
    { 'harmonium.theme.default': 'cathedral', 'harmonium.mode.default': 'light' },
    'cathedral',
    'light',
  ],
  [{ 'harmonium.theme': 'reed', 'harmonium.theme.default': 'cathedral' }, 'reed', 'dark'],
  [{ 'harmonium.theme': 'constructor' }, 'harmonium', 'dark'],
  [{ 'harmonium.theme.place': '12 reed' }, 'reed', 'dark'],
  [{ 'harmonium.theme.place': '1 reed' }, 'harmonium', 'dark'],
  [{ 'harmonium.theme.place': '12 reed', 'harmonium.theme': 'cathedral' }, 'cathedral', 'dark'],
])('the first paint with %o is %s %s', (stored: Record<string, string>, theme, mode) => {
  const dataset = {};
  const page = { documentElement: { dataset }, querySelector: () => null };
  const storage = { getItem: (key: string) => stored[key] ?? null };
  // oxlint-disable-next-line typescript/no-implied-eval -- our own script, as the page runs it
  new Function('document', 'localStorage', 'location', firstPaint)(page, storage, {
    pathname: '/servers/12/3',
  });
  expect(dataset).toEqual({ theme, mode });
});

function tokensOf(look: string): Map<string, string> {
  const [theme, mode] = look.split(' ');
  const selector = `\\[data-theme='${theme}'\\]\\[data-mode='${mode}'\\]`;
  const [, block = ''] = new RegExp(`${selector} \\{([^}]*)\\}`).exec(css) ?? [];
  const tokens = block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g);
  return new Map([...tokens].map(([, name = '', color = '']) => [name, color]));
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(tokens: Map<string, string>, one: string, other: string): number {
  const [dark = 0, light = 0] = [one, other]
    .map((name) => luminance(tokens.get(name) ?? ''))
    .toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(color: string): number {
  if (color === '') throw new Error('no such token');
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
