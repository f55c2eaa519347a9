import type { DirectChannel } from '@harmonium/api/direct';

/** What a conversation is called to one of those in it: the group's name, else the others'. */
export function directName(channel: DirectChannel, meId: string | undefined): string {
  const others = channel.participants.filter(({ id }) => id !== meId);
  if (channel.type === 'direct') return `@${others[0]?.username ?? ''}`;
  if (channel.name !== '') return channel.name;
  const people = others.length === 0 ? channel.participants : others;
  return people.map(({ username }) => username).join(', ');
}
