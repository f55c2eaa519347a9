import type { Category, Channel } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import type { Structure } from '@harmonium/api/server';
import { byPosition, groupChannels } from './channel-order.ts';
import type { ChannelGroup } from './channel-order.ts';

type Channels = Pick<Structure, 'channels' | 'categories'>;

/** Where something is wanted. */
export type Move =
  | {
      kind: 'channel';
      id: string;
      categoryId: Snowflake | null;
      /** The channel it is to stand above; undefined: the last of its group. */
      before: string | undefined;
    }
  | { kind: 'category'; id: string; before: string | undefined };

/** The channels and categories as they are after a move; the same object where nothing moved. */
export function arranged<Shape extends Channels>(structure: Shape, move: Move): Shape {
  return move.kind === 'channel'
    ? { ...structure, channels: withChannelMoved(structure, move) }
    : { ...structure, categories: withCategoryMoved(structure, move) };
}

function withChannelMoved(
  structure: Channels,
  { id, categoryId, before }: Extract<Move, { kind: 'channel' }>,
): Channel[] {
  const moved = structure.channels.find((channel) => channel.id === id);
  if (moved === undefined) return structure.channels;
  const others = groupChannels(structure)
    .flatMap((group) => group.channels)
    .filter((channel) => channel.id !== id);
  const wanted = others.findIndex((channel) => channel.id === before);
  const last = others.findLastIndex((channel) => channel.categoryId === categoryId);
  const at = wanted >= 0 ? wanted : last >= 0 ? last + 1 : others.length;
  return others
    .toSpliced(at, 0, { ...moved, categoryId })
    .map((channel, position) => Object.assign({}, channel, { position }));
}

function withCategoryMoved(
  { categories }: Channels,
  { id, before }: Extract<Move, { kind: 'category' }>,
): Category[] {
  const moved = categories.find((category) => category.id === id);
  if (moved === undefined) return categories;
  const others = [...categories].sort(byPosition).filter((category) => category.id !== id);
  const wanted = others.findIndex((category) => category.id === before);
  return others
    .toSpliced(wanted >= 0 ? wanted : others.length, 0, moved)
    .map((category, position) => Object.assign({}, category, { position }));
}

/** One step up or down in the list as it is shown, from group to group; undefined at the ends. */
export function channelStep(structure: Channels, id: string, step: 1 | -1): Move | undefined {
  const groups = groupChannels(structure, { withEmpty: true });
  const from = groups.findIndex(({ channels }) => channels.some((channel) => channel.id === id));
  const group = groups[from];
  const moved = group?.channels.find((channel) => channel.id === id);
  if (group === undefined || moved === undefined) return undefined;

  // Text stands above voice wherever both are: one moves among one's own.
  const peers = group.channels.filter(({ type }) => type === moved.type);
  const at = peers.findIndex((channel) => channel.id === id);
  const isInside = step < 0 ? at > 0 : at < peers.length - 1;
  if (isInside) return into(group, moved, peers[step < 0 ? at - 1 : at + 2]?.id);

  const next = nextGroup(groups, from, step, moved);
  if (next === undefined) return undefined;
  const first = next.channels.find(({ type }) => type === moved.type);
  return into(next, moved, step < 0 ? undefined : first?.id);
}

function nextGroup(
  groups: readonly ChannelGroup[],
  from: number,
  step: 1 | -1,
  { type }: Channel,
): ChannelGroup | undefined {
  for (let at = from + step; at >= 0 && at < groups.length; at += step) {
    const group = groups[at];
    if (group?.kind === 'category' || group?.kind === type) return group;
  }
  return undefined;
}

function into({ category }: ChannelGroup, { id }: Channel, before: string | undefined): Move {
  return { kind: 'channel', id, categoryId: category?.id ?? null, before };
}

export function categoryStep(structure: Channels, id: string, step: 1 | -1): Move | undefined {
  const ordered = [...structure.categories].sort(byPosition);
  const at = ordered.findIndex((category) => category.id === id);
  const isInside = step < 0 ? at > 0 : at >= 0 && at < ordered.length - 1;
  if (!isInside) return undefined;
  return { kind: 'category', id, before: ordered[step < 0 ? at - 1 : at + 2]?.id };
}
