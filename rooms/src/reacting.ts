import { MAX_REACTIONS, MAX_REACTORS } from '@harmonium/api/emoji';
import type { Message } from '@harmonium/api/message';
import { hasPermission, Permission } from '@harmonium/api/permissions';
import type { ReactionChanged } from '../contract/server-event.ts';
import type { Accepted, Journal } from './journal.ts';
import type { Refusal } from './lobby.ts';
import { GONE, refused, type Actor, type Request } from './message-gate.ts';
import type { Chosen, Reactions } from './reactions.ts';

export type React = Request & { type: 'reaction.add' | 'reaction.remove' };

/** Nothing had to be done: how things are, told as the event that led there. */
export interface Unchanged<Record> {
  unchanged: Omit<Record, 'seq'>;
}

/**
 * The gate of reactions. Of a custom emoji it sees the id alone, and takes any that is one: which
 * there are is the server's to know, and the app shows a neutral sign for what it does not.
 */
export class Reacting {
  readonly #journal: Journal;
  readonly #reactions: Reactions;
  readonly #now: () => number;

  constructor(options: { journal: Journal; reactions: Reactions; now: () => number }) {
    this.#journal = options.journal;
    this.#reactions = options.reactions;
    this.#now = options.now;
  }

  /** @param chosen what is on the message now */
  react(
    actor: Actor,
    request: React,
    message: Message | undefined,
    chosen: Chosen,
  ): Accepted | Unchanged<ReactionChanged> | Refusal {
    if (message === undefined || message.removedAt !== null) return GONE;
    const { emoji, nonce } = request;
    const people = chosen.get(emoji);
    const userId = (request.type === 'reaction.remove' && request.userId) || actor.user.id;
    const added = request.type === 'reaction.add';
    const refusal = added ? mayAdd(actor) : mayRemove(actor, userId);
    if (refusal !== undefined) return refusal;
    const size = people?.size ?? 0;
    const at = new Date(this.#now()).toISOString();
    const changed = {
      type: 'reaction.changed',
      messageId: message.id,
      emoji,
      userId,
      added,
      at,
      nonce,
    } as const;
    if ((people?.has(userId) ?? false) === added) return { unchanged: { ...changed, count: size } };
    if (added && (size >= MAX_REACTORS || (size === 0 && chosen.size >= MAX_REACTIONS))) {
      return { code: 'too_many', message: 'There are too many reactions on it.' };
    }
    const happened = { ...changed, count: added ? size + 1 : size - 1 };
    const accepted = this.#journal.write(happened, actor.user.id);
    this.#reactions.changed({ ...happened, seq: accepted.record.seq });
    return accepted;
  }
}

function mayAdd({ permissions }: Actor): Refusal | undefined {
  if (hasPermission(permissions, Permission.ADD_REACTIONS)) return undefined;
  return refused('Reactions are not allowed here.');
}

/** One's own may always be taken away. */
function mayRemove({ user, permissions }: Actor, userId: string): Refusal | undefined {
  if (userId === user.id || hasPermission(permissions, Permission.MANAGE_MESSAGES)) {
    return undefined;
  }
  return refused("Removing somebody else's reaction is not allowed.");
}
