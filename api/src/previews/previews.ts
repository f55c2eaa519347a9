import type { Embed } from '@harmonium/api/embed';
import type { Snowflake } from '@harmonium/api/ids';
import type { OutboxEntry } from '@harmonium/api/internal';
import { shownLinks } from '@harmonium/api/markup';
import type { Core } from '../announce.ts';
import { createHostQueue } from './host-queue.ts';
import { createKnownPreviews } from './known-previews.ts';
import { dropPictures, keepPicture } from './pictures.ts';
import { readPreview } from './read-preview.ts';
import type { Preview } from './read-preview.ts';

/** Links of one message that are looked at. */
const MAX_LINKS = 3;
/** Messages remembered as looked at: a room that was not answered tells them again. */
const REMEMBERED = 2_000;

/** Of what a room says to have stored, what concerns previews. */
type Entries = readonly OutboxEntry[];

/** The words of a message that may show its links. */
interface Words {
  id: Snowflake;
  content: string;
  /** When they were written, if they are not the first. */
  of: string | null;
}

type Needs = Pick<
  Core,
  'announce' | 'background' | 'database' | 'files' | 'log' | 'now' | 'previews'
>;

/** Looks at what messages link to, behind their backs: nobody waits for other people's servers. */
export function createPreviews(core: Needs) {
  const queue = createHostQueue();
  const known = createKnownPreviews(core.now);
  const seen = new Set<string>();
  const sources = core.previews;

  const look = (address: string): Promise<Preview | undefined> =>
    known.get(address, async () => {
      if (sources === undefined) return undefined;
      return queue(new URL(address).host, () => readPreview(sources, address));
    });

  async function embedOf(place: Place, url: string): Promise<Embed | undefined> {
    const preview = await look(url);
    if (preview === undefined) return undefined;
    const { picture, ...words } = preview;
    if (picture === undefined) return { url, ...words };
    const address = await keepPicture(core, place, picture.bytes);
    const { width, height } = picture;
    return { url, ...words, image: { address, width, height } };
  }

  async function annotate(channelId: Snowflake, { id, content, of }: Words): Promise<void> {
    try {
      const place = { channelId, messageId: id };
      const links = shownLinks(content).slice(0, MAX_LINKS);
      const found = await Promise.all(links.map((url) => embedOf(place, url)));
      const list = found.filter((embed) => embed !== undefined);
      // Of what was never written otherwise there is nothing to take back.
      if (list.length === 0 && of === null) return;
      await core.announce('main', channelId, [{ type: 'annotate', id, embeds: { of, list } }]);
      if (of !== null) await dropPictures(core, channelId, [id], addressesOf(list));
    } catch (problem) {
      core.log.warn('a preview was not made', { channelId, messageId: id, error: problem });
    }
  }

  function isNew(channelId: Snowflake, { id, of }: Words): boolean {
    const key = `${channelId}/${id}/${of}`;
    if (seen.has(key)) return false;
    seen.add(key);
    const [oldest] = seen;
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
    return true;
  }

  return {
    /** Called when the entries are stored; returns at once. */
    heard(channelId: Snowflake, entries: Entries): void {
      const removed = entries.flatMap((entry) => (entry.op === 'remove' ? [entry.id] : []));
      const without = [...removed, ...entries.flatMap(withoutLinks)];
      if (without.length > 0) core.background(dropPictures(core, channelId, without));
      if (sources === undefined) return;
      const gone = new Set(removed);
      for (const words of wordsOf(entries)) {
        const isWanted =
          !gone.has(words.id) && (words.of !== null || words.content.includes('http'));
        if (isWanted && isNew(channelId, words)) core.background(annotate(channelId, words));
      }
    },
  };
}

export type Previews = ReturnType<typeof createPreviews>;

interface Place {
  channelId: Snowflake;
  messageId: Snowflake;
}

/** Edited so that nothing is left to preview. */
const withoutLinks = (entry: OutboxEntry): Snowflake[] =>
  entry.op === 'edit' && !entry.content.includes('http') ? [entry.id] : [];

/** Of each message the last words, where its author may have links shown. */
function wordsOf(entries: Entries): Words[] {
  const last = new Map<Snowflake, Words | undefined>();
  for (const entry of entries) {
    if (entry.op === 'create') {
      const { id, content, editedAt } = entry.message;
      last.set(id, entry.previews === true ? { id, content, of: editedAt } : undefined);
    } else if (entry.op === 'edit') {
      const { id, content, editedAt } = entry;
      last.set(id, entry.previews === true ? { id, content, of: editedAt } : undefined);
    }
  }
  return [...last.values()].filter((words) => words !== undefined);
}

const addressesOf = (list: readonly Embed[]): string[] =>
  list.flatMap(({ image }) => (image === undefined ? [] : [image.address]));
