import { isSnowflake, type Snowflake } from '@harmonium/api/ids';
import { parseMarkup, type Block, type Inline, type List } from '@harmonium/api/markup';
import {
  MAX_MENTIONED_ROLES,
  MAX_MENTIONED_USERS,
  type Mentions,
  type Message,
} from '@harmonium/api/message';

/** Whom words name, whether their author may or not. */
export interface Named {
  users: Set<Snowflake>;
  roles: Set<Snowflake>;
  crowd: 'everyone' | 'here' | undefined;
}

/** Whom a text names where it is drawn as a name: nobody in code, and nobody behind a backslash. */
export function namedIn(content: string): Named {
  const named: Named = { users: new Set(), roles: new Set(), crowd: undefined };
  if (!content.includes('@')) return named;
  for (const node of inlinesOf(parseMarkup(content))) {
    if (node.kind === 'user' && isSnowflake(node.id)) named.users.add(node.id);
    else if (node.kind === 'role' && isSnowflake(node.id)) named.roles.add(node.id);
    // Of both, the larger crowd counts.
    else if (node.kind === 'crowd' && named.crowd !== 'everyone') named.crowd = node.crowd;
  }
  return named;
}

/**
 * As it is kept with a message; undefined: nobody.
 * @param also named by something other than the words: before all others, so that it is kept
 * @param crowds whether the author may name everyone
 */
export function mentionsOf(
  { users, roles, crowd }: Named,
  also: Iterable<Snowflake>,
  crowds: boolean,
): Mentions | undefined {
  const mentions = {
    users: [...new Set([...also, ...users])].slice(0, MAX_MENTIONED_USERS),
    roles: [...roles].slice(0, MAX_MENTIONED_ROLES),
    everyone: crowds && crowd !== undefined,
  };
  const isNobody = mentions.users.length + mentions.roles.length === 0 && !mentions.everyone;
  return isNobody ? undefined : mentions;
}

/** Who stays named whatever the words become: the author of what the message answers. */
export function namedOtherwise({ content, mentions, replyTo }: Message): Snowflake[] {
  if (mentions === undefined || replyTo === undefined) return [];
  const { users } = namedIn(content);
  return mentions.users.filter((id) => !users.has(id));
}

function* inlinesOf(blocks: readonly Block[]): Iterable<Inline> {
  for (const block of blocks) {
    if (block.kind === 'quote') yield* inlinesOf(block.children);
    else if (block.kind === 'list') yield* listed(block);
    else if (block.kind !== 'fence') yield* within(block.children);
  }
}

function* listed(list: List): Iterable<Inline> {
  for (const { children, lists } of list.items) {
    yield* within(children);
    for (const inner of lists) yield* listed(inner);
  }
}

function* within(nodes: readonly Inline[]): Iterable<Inline> {
  for (const node of nodes) {
    yield node;
    if ('children' in node && node.children !== undefined) yield* within(node.children);
  }
}
