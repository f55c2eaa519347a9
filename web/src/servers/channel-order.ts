import type { Category, Channel } from '@harmonium/api/channel';
import type { Structure } from '@harmonium/api/server';

export interface ChannelGroup {
  key: string;
  /** The category's; absent for channels of none. */
  category: Category | undefined;
  /** What channels of no category have in common; they have a heading only where it tells them apart. */
  kind: 'category' | 'text' | 'voice';
  channels: Channel[];
}

export const byPosition = (
  one: { position: number; id: string },
  other: { position: number; id: string },
): number => one.position - other.position || one.id.localeCompare(other.id);

/** Text above voice, then as the server ordered them. */
const byKind = (one: Channel, other: Channel): number =>
  Number(one.type === 'voice') - Number(other.type === 'voice') || byPosition(one, other);

/** Channels as the list shows them: loose text channels, category by category, loose voice channels. */
export function groupChannels(
  structure: Pick<Structure, 'channels' | 'categories'>,
  {
    /** Also the groups of loose channels of which there are none. */
    withEmpty = false,
    /** Also categories in which nothing is to be seen: where to put something. */
    withEmptyCategories = true,
  } = {},
): ChannelGroup[] {
  const categories = [...structure.categories].sort(byPosition);
  const known = new Set<string>(categories.map((category) => category.id));
  const isLoose = ({ categoryId }: Channel) => categoryId === null || !known.has(categoryId);
  const loose = (kind: 'text' | 'voice'): ChannelGroup[] => {
    const channels = structure.channels
      .filter((channel) => isLoose(channel) && channel.type === kind)
      .sort(byPosition);
    return channels.length === 0 && !withEmpty
      ? []
      : [{ key: kind, category: undefined, kind, channels }];
  };
  const inside = (category: Category): ChannelGroup => ({
    key: category.id,
    category,
    kind: 'category',
    channels: structure.channels
      .filter((channel) => channel.categoryId === category.id && channel.type !== 'thread')
      .sort(byKind),
  });
  const shown = categories
    .map(inside)
    .filter(({ channels }) => withEmptyCategories || channels.length > 0);
  return [...loose('text'), ...shown, ...loose('voice')];
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
