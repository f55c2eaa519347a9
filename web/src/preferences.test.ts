import type { Preferences } from '@harmonium/api/user';
import { expect, test } from 'vitest';
import { createPreferences } from './preferences.ts';

test('a choice holds at once, and is saved beside what was chosen before', async () => {
  const { preferences, saves } = scene({ theme: 'reed' });
  const saved = preferences.choose({ mode: 'light' });
  expect(preferences.chosen()).toEqual({ theme: 'reed', mode: 'light' });
  expect(saves.map(({ sent }) => sent)).toEqual([{ theme: 'reed', mode: 'light' }]);
  saves[0]?.succeed();
  await saved;
  expect(preferences.chosen()).toEqual({ theme: 'reed', mode: 'light' });
});

test('what is chosen while another choice is saved follows it, and never flickers', async () => {
  const { preferences, saves } = scene({});
  const first = preferences.choose({ theme: 'reed' });
  const second = preferences.choose({ theme: 'cathedral' });
  expect(saves).toHaveLength(1);
  saves[0]?.succeed();
  await Promise.resolve();
  await Promise.resolve();
  expect(preferences.chosen()).toEqual({ theme: 'cathedral' });
  expect(saves.map(({ sent }) => sent)).toEqual([{ theme: 'reed' }, { theme: 'cathedral' }]);
  saves[1]?.succeed();
  await Promise.all([first, second]);
  expect(preferences.chosen()).toEqual({ theme: 'cathedral' });
});

test('a choice taken back is left out', () => {
  const { preferences, saves } = scene({ theme: 'reed', mode: 'dark' });
  void preferences.choose({ theme: undefined });
  expect(saves[0]?.sent).toEqual({ mode: 'dark' });
});

test('a choice that cannot be saved is taken back, and the reason told', async () => {
  const { preferences, saves } = scene({ theme: 'reed' });
  const saved = preferences.choose({ theme: 'cathedral' });
  saves[0]?.fail(new Error('away'));
  await expect(saved).rejects.toThrow('away');
  expect(preferences.chosen()).toEqual({ theme: 'reed' });
});

/** An account that saves when it is told to. */
function scene(account: Preferences) {
  let stored = account;
  const saves: { sent: Preferences; succeed(): void; fail(why: Error): void }[] = [];
  const preferences = createPreferences({
    stored: () => stored,
    save: (sent) =>
      new Promise((resolve, reject) => {
        const succeed = (): void => {
          stored = sent;
          resolve();
        };
        saves.push({ sent, succeed, fail: reject });
      }),
  });
  return { preferences, saves };
}
