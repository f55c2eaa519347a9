import type { Category, Channel } from '@harmonium/api/channel';
import type { Structure } from '@harmonium/api/server';

export interface ChannelGroup {
  key: string;
  /** Absent: channels outside of any category. */
  category: Category | undefined;
  channels: Channel[];
}

const byPosition = (
  one: { position: number; id: string },
  other: { position: number; id: string },
): number => one.position - other.position || one.id.localeCompare(other.id);

/** Text above voice, then as the server ordered them. */
const byKind = (one: Channel, other: Channel): number =>
  Number(one.type === 'voice') - Number(other.type === 'voice') || byPosition(one, other);

/** Channels as the list shows them: those of no category first, then category by category. */
export function groupChannels(
  structure: Pick<Structure, 'channels' | 'categories'>,
): ChannelGroup[] {
  const categories = [...structure.categories].sort(byPosition);
  const known = new Set<string>(categories.map((category) => category.id));
  const inside = (categoryId: string | null) =>
    structure.channels
      .filter((channel) =>
        categoryId === null
          ? channel.categoryId === null || !known.has(channel.categoryId)
          : channel.categoryId === categoryId,
      )
      .sort(byKind);
  const loose = inside(null);
  return [
    ...(loose.length > 0 ? [{ key: 'none', category: undefined, channels: loose }] : []),
    ...categories.map((category) => ({
      key: category.id,
      category,
      channels: inside(category.id),
    })),
  ];
}

/** Where to go in a server: the channel of last time, else the first to write in. */
export function entryChannel(
  structure: Pick<Structure, 'channels' | 'categories'>,
  lastVisited: string | undefined,
): Channel | undefined {
  const ordered = groupChannels(structure)
    .flatMap((group) => group.channels)
    .filter((channel) => channel.type === 'text');
  return ordered.find((channel) => channel.id === lastVisited) ?? ordered[0];
}
