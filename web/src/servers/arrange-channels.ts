import type { Client } from '@harmonium/api/client';
import type { Structure } from '@harmonium/api/server';
import { t } from '../strings/arranging.ts';
import { arranged, categoryStep, channelStep } from './arrangement.ts';
import type { Move } from './arrangement.ts';
import { byPosition, groupChannels } from './channel-order.ts';
import { watchArranging } from './watch-arranging.ts';

export type Arrangement = Pick<Structure, 'channels' | 'categories'>;

interface ArrangeDeps {
  structure: () => Structure;
  call: Client;
  /** What is shown in place of the structure; undefined: the structure. */
  show: (arrangement: Arrangement | undefined) => void;
  /** Told to screen readers. */
  say: (sentence: string) => void;
  onRefused: (problem: unknown) => void;
}

/** How long the room may take to tell what api has answered already, in milliseconds. */
const TOLD_WITHIN_MS = 1_500;

/**
 * Lets the channels of a list be put in another order: shown at once, and put back where the server
 * refuses. Answers what stops it.
 */
export function arrangeChannels(list: HTMLElement, deps: ArrangeDeps): () => void {
  let shown: Arrangement | undefined;
  let line: Promise<void> = Promise.resolve();
  let waiting = 0;
  const current = (): Arrangement => shown ?? deps.structure();

  function move(wanted: Move): void {
    const next = arranged(current(), wanted);
    shown = next;
    deps.show(next);
    deps.say(wordsFor(next, wanted));
    waiting += 1;
    // One after the other: each is told where everything stands.
    line = line.then(() => store(wanted, next)).then(settle, refuse);
  }

  async function store(wanted: Move, next: Arrangement): Promise<void> {
    const { server, rev } = deps.structure();
    const params = { id: server.id };
    if (wanted.kind === 'channel') {
      const body = next.channels.map(({ id, position, categoryId }) =>
        id === wanted.id ? { id, position, categoryId } : { id, position },
      );
      await deps.call('PATCH /api/servers/:id/channels', { params, body });
    } else {
      const body = next.categories.map(({ id, position }) => ({ id, position }));
      await deps.call('PATCH /api/servers/:id/categories', { params, body });
    }
    const end = Date.now() + TOLD_WITHIN_MS;
    while (deps.structure().rev === rev && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  function settle(): void {
    waiting -= 1;
    if (waiting > 0) return;
    shown = undefined;
    deps.show(undefined);
  }

  function refuse(problem: unknown): void {
    deps.onRefused(problem);
    settle();
  }

  function step(kind: Move['kind'], id: string, by: 1 | -1): void {
    const wanted =
      kind === 'channel' ? channelStep(current(), id, by) : categoryStep(current(), id, by);
    if (wanted === undefined) return deps.say(t('arranging.atEnd', nameOf(current(), kind, id)));
    move(wanted);
    keepFocus(list, kind, id);
  }

  return watchArranging(list, {
    placeOf(id) {
      const group = groupChannels(current()).find(({ channels }) =>
        channels.some((channel) => channel.id === id),
      );
      const at = group?.channels.findIndex((channel) => channel.id === id) ?? -1;
      return { categoryId: group?.category?.id ?? null, below: group?.channels[at + 1]?.id };
    },
    category(id) {
      const ordered = [...current().categories].sort(byPosition);
      const at = ordered.findIndex((category) => category.id === id);
      const found = ordered[at];
      const group = groupChannels(current()).find(({ category }) => category?.id === id);
      return found && { id: found.id, first: group?.channels[0]?.id, below: ordered[at + 1]?.id };
    },
    onMove: move,
    onStep: step,
  });
}

function nameOf({ channels, categories }: Arrangement, kind: Move['kind'], id: string): string {
  const list = kind === 'channel' ? channels : categories;
  return list.find((each) => each.id === id)?.name ?? '';
}

function wordsFor(arrangement: Arrangement, { kind, id }: Move): string {
  const name = nameOf(arrangement, kind, id);
  if (kind === 'category') {
    const ordered = [...arrangement.categories].sort(byPosition);
    const at = ordered.findIndex((category) => category.id === id);
    return t('arranging.categoryMoved', name, at + 1, ordered.length);
  }
  const group = groupChannels(arrangement).find(({ channels }) =>
    channels.some((channel) => channel.id === id),
  );
  const at = group?.channels.findIndex((channel) => channel.id === id) ?? 0;
  const place = group?.category?.name ?? t('arranging.loose');
  return t('arranging.moved', name, at + 1, group?.channels.length ?? 0, place);
}

/** A row that moves in the page loses the focus. */
function keepFocus(list: HTMLElement, kind: Move['kind'], id: string): void {
  const end = Date.now() + TOLD_WITHIN_MS;
  function look(): void {
    if (document.activeElement === document.body) {
      const row = list.querySelector(`[data-${kind}="${id}"]`);
      const handle = row?.querySelector('a, button');
      if (handle instanceof HTMLElement) handle.focus();
    }
    if (Date.now() < end) requestAnimationFrame(look);
  }
  look();
}
