import { hasPermission, Permission } from '@harmonium/api/permissions';
import type { User } from '@harmonium/api/user';
import type { Stand } from '../testing/stands.ts';
import type { Question } from './device.ts';
import type { Ledger } from './ledger.ts';

export interface Person {
  user: User;
  permissions: string;
  /** Unix time in seconds. */
  revokedAt: number | undefined;
  wroteAt: number | undefined;
}

type Judged = Extract<Question, { type: keyof typeof DONE }>;
export type Wanted = Judged extends infer Q ? (Q extends Judged ? Omit<Q, 'nonce'> : never) : never;

/** `accepted`, `known` (nothing has to be done), or the code of a refusal: one of these it is. */
export type Verdict = ReadonlySet<string>;

/** What becomes of each question that is accepted. */
export const DONE = {
  'message.send': 'message.created',
  'message.edit': 'message.edited',
  'message.remove': 'message.removed',
  'reaction.add': 'reaction.changed',
  'reaction.remove': 'reaction.changed',
  'pin.add': 'pin.changed',
  'pin.remove': 'pin.changed',
} as const;

/** What a channel's room has to say to somebody, told anew from what is known of the channel. */
export class ChannelRules {
  slowmode = 0;
  /** Once the clock has jumped, what depends on elapsed time may go either way. */
  jumped = false;
  readonly #stand: Stand;
  readonly #ledger: Ledger;

  constructor(stand: Stand, ledger: Ledger) {
    this.#stand = stand;
    this.#ledger = ledger;
  }

  /** What a ticket is answered with; undefined: come in. */
  admission(person: Person, ticket: string, until: number, now: number): string | undefined {
    if (now >= until) return 'bad_ticket';
    if (person.revokedAt !== undefined && issuedAt(ticket) <= person.revokedAt) return 'bad_ticket';
    return canView(person) ? undefined : 'access_lost';
  }

  verdict(person: Person, question: Wanted): Verdict {
    const may = (bit: bigint) => hasPermission(BigInt(person.permissions), bit);
    if ('content' in question && question.content.trim() === '') return new Set(['invalid']);
    if (question.type === 'message.send') {
      const { replyTo } = question;
      const isStrange = replyTo !== undefined && this.#ledger.find(replyTo) === undefined;
      // While api is away it is believed.
      if (isStrange && this.#stand.api.mood !== 'down') return new Set(['invalid']);
      if (!may(Permission.SEND_MESSAGES)) return new Set(['missing_permission']);
      // An id that is younger than all there is answers nothing, whoever is asked.
      return isStrange ? new Set(['invalid', ...this.#paced(person)]) : this.#paced(person);
    }
    const target = this.#ledger.find(question.id);
    if (target === undefined) {
      return new Set([this.#stand.api.mood === 'down' ? 'unavailable' : 'not_found']);
    }
    if (target.removedAt !== null) return new Set(['not_found']);
    const own = target.author.id === person.user.id;
    if (!isAllowed(question.type, own, may)) return new Set(['missing_permission']);
    return new Set([this.#isSo(person, question) ? 'known' : 'accepted']);
  }

  /** What is wanted is there already. */
  #isSo({ user }: Person, question: Wanted): boolean {
    const { marks } = this.#ledger;
    if ('emoji' in question) {
      const isThere = marks.people(question.id, question.emoji).has(user.id);
      return isThere === (question.type === 'reaction.add');
    }
    if (question.type !== 'pin.add' && question.type !== 'pin.remove') return false;
    return marks.pins.includes(question.id) === (question.type === 'pin.add');
  }

  #paced({ permissions, wroteAt }: Person): Verdict {
    const hurries = hasPermission(BigInt(permissions), Permission.MANAGE_MESSAGES);
    if (this.slowmode === 0 || wroteAt === undefined || hurries) return new Set(['accepted']);
    const left = wroteAt + this.slowmode * 1000 - this.#stand.now();
    if (this.jumped || Math.abs(left) < 1_000) return new Set(['accepted', 'slow_mode']);
    return new Set([left > 0 ? 'slow_mode' : 'accepted']);
  }
}

function isAllowed(type: Wanted['type'], own: boolean, may: (bit: bigint) => boolean): boolean {
  switch (type) {
    case 'message.edit':
      return own && may(Permission.SEND_MESSAGES);
    case 'message.remove':
      return own || may(Permission.MANAGE_MESSAGES);
    case 'reaction.add':
      return may(Permission.ADD_REACTIONS);
    case 'pin.add':
    case 'pin.remove':
      return may(Permission.PIN_MESSAGES);
    case 'message.send':
    case 'reaction.remove':
      return true;
  }
}

export function canView({ permissions }: Person): boolean {
  return hasPermission(BigInt(permissions), Permission.VIEW_CHANNEL);
}

/** Unix time in seconds. */
function issuedAt(ticket: string): number {
  const [, body = ''] = ticket.split('.');
  const { iat } = JSON.parse(Buffer.from(body, 'base64url').toString()) as { iat: number };
  return iat;
}
