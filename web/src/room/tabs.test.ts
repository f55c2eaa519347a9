import { describe, expect, test } from 'vitest';
import { FakeBrowser } from './testing/outbox.ts';
import { createTabs } from './tabs.ts';
import type { Tabs } from './tabs.ts';

const { locks } = navigator;
let browsers = 0;

function realBrowser(): () => Tabs {
  const channel = `harmonium.test.${++browsers}`;
  return () => createTabs({ locks, channel });
}

function fakeBrowser(): () => Tabs {
  const browser = new FakeBrowser();
  return () => browser.openTab();
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 60));

describe.each([
  ['as tests have them', fakeBrowser],
  ['held by locks', realBrowser],
])('tabs %s', (_, launch) => {
  test('each hears of the others, whichever came first', async () => {
    const open = launch();
    const heard = { first: new Set<string>(), second: new Set<string>() };
    const first = open();
    first.onOther((tab) => heard.first.add(tab));
    await soon();
    const second = open();
    second.onOther((tab) => heard.second.add(tab));
    await soon();
    expect(heard).toEqual({ first: new Set([second.id]), second: new Set([first.id]) });
    first.close();
    second.close();
  });

  test('what waits for a tab to go happens when it goes, one after the other', async () => {
    const open = launch();
    const [gone, one, other] = [open(), open(), open()];
    await soon();
    const acts: string[] = [];
    const act = (name: string) => async () => {
      acts.push(`${name} begins`);
      await soon();
      acts.push(`${name} ends`);
    };
    one.whenGone(gone.id, act('one'));
    other.whenGone(gone.id, act('other'));
    await soon();
    expect(acts).toEqual([]);
    gone.close();
    await soon();
    await soon();
    await soon();
    expect(acts).toEqual(['one begins', 'one ends', 'other begins', 'other ends']);
    one.close();
    other.close();
  });

  test('for a tab that is gone nothing waits', async () => {
    const open = launch();
    const [gone, left] = [open(), open()];
    gone.close();
    await soon();
    let isDone = false;
    left.whenGone(gone.id, async () => void (isDone = true));
    await soon();
    expect(isDone).toBe(true);
    left.close();
  });
});

test('where there are no locks, what another tab left is taken at once', () => {
  const tabs = createTabs({ locks: undefined, channel: 'none' });
  let isDone = false;
  tabs.whenGone('another', async () => void (isDone = true));
  expect(isDone).toBe(true);
});
