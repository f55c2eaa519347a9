import type { Attachment } from '@harmonium/api/attachment';
import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { User } from '@harmonium/api/user';
import type { ChannelRecord } from '../contract/server-event.ts';
import type { Attachments } from './attachments.ts';
import { NOT_KNOWN } from './channel-access.ts';
import type { EventLog } from './event-log.ts';
import { UNAVAILABLE, type FindMessage } from './find-message.ts';
import type { Log } from './host.ts';
import type { Accepted } from './journal.ts';
import type { Refusal } from './lobby.ts';
import {
  GONE,
  NOTHING_TO_ANSWER,
  type Change,
  type MessageGate,
  type Request,
  type Send,
} from './message-gate.ts';
import type { Nonces, Outcome } from './nonces.ts';
import type { Pin, Pins } from './pins.ts';
import type { React, Reacting, Unchanged } from './reacting.ts';
import type { Chosen, Reactions } from './reactions.ts';

/** Whoever asks, over a socket or by REST. */
export interface Asker {
  user: User;
  permissions: bigint;
  /** What they may do after a while; undefined: nobody knows. */
  still: () => bigint | undefined;
}

/** Done, and told to everyone; or known before, to be told to whoever asked. */
export type Answer = { frame: string; isKnown: boolean; record?: ChannelRecord } | Refusal;

type Acted = Change | React | Pin;
type Decided = Accepted | Unchanged<object> | Refusal;

interface Prepared {
  answered: Message | undefined;
  attachments: Attachment[];
}

/**
 * What people ask of a channel: each nonce once, each person's messages in the order in which they
 * were sent. Synchronous where memory suffices, so that a burst is one commit and one order.
 */
export class Requests {
  readonly #parts: Parts;
  /** What is looked up yet, by nonce: asked again, it waits for the same answer. */
  readonly #underWay = new Map<string, Promise<Answer>>();
  /** The last message of each user that waits for something: what they send after it waits, too. */
  readonly #lines = new Map<Snowflake, Promise<unknown>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  ask(asker: Asker, request: Request): Answer | Promise<Answer> {
    const { nonce } = request;
    if (nonce === undefined) return this.#accept(asker, request);
    const { nonces } = this.#parts;
    const { id } = asker.user;
    // Only after hibernation: whoever comes in has theirs loaded.
    if (!nonces.isLoaded(id)) return nonces.load(id).then(() => this.#askLater(asker, request));
    const name = `${id} ${nonce}`;
    const again = () => this.#askLater(asker, request);
    const before = this.#underWay.get(name);
    if (before !== undefined) return before.then(again, again);
    const outcome = nonces.get(id, nonce);
    if (outcome !== undefined) return this.#repeat(asker, request, outcome);
    const answer = this.#accept(asker, request);
    if (!(answer instanceof Promise)) return answer;
    this.#underWay.set(name, answer);
    return answer.finally(() => this.#underWay.delete(name));
  }

  #askLater(asker: Asker, request: Request): Answer | Promise<Answer> {
    return this.#later(asker, (now) => this.ask(now, request));
  }

  /** After a wait: what held then may not hold any more. */
  #later<T>(asker: Asker, go: (asker: Asker) => T): T | Refusal {
    if (this.#parts.isRemoved()) return CHANNEL_GONE;
    const permissions = asker.still();
    return permissions === undefined ? NOT_KNOWN : go({ ...asker, permissions });
  }

  /** The same answer as the first time, to the one who asks again. */
  async #repeat(asker: Asker, request: Request, outcome: Outcome): Promise<Answer> {
    const frame = await this.#parts.log.frame(outcome.seq);
    if (frame !== undefined) return { frame, isKnown: true };
    // So long ago that only api has it.
    const { type, seq, messageId } = outcome;
    if (type === 'reaction.changed' || type === 'pin.changed') {
      // How things are now is an answer to these: done twice, they change nothing.
      return this.#later(asker, (now) => this.#accept(now, request));
    }
    const message = await this.#parts.messages.elsewhere(messageId);
    if (message === undefined || message === 'removed') return GONE;
    if ('code' in message) return message;
    const { nonce } = request;
    return { frame: JSON.stringify({ type, seq, message, nonce }), isKnown: true };
  }

  #accept(asker: Asker, request: Request): Answer | Promise<Answer> {
    const flooding = this.#parts.gate.flooding(asker);
    if (flooding !== undefined) return flooding;
    return request.type === 'message.send' ? this.#send(asker, request) : this.#act(asker, request);
  }

  #send(asker: Asker, request: Send): Answer | Promise<Answer> {
    const { id } = asker.user;
    const line = this.#lines.get(id);
    const prepared = this.#prepared(request);
    if (line === undefined && prepared !== undefined)
      return this.#sendNow(asker, request, prepared);
    const preparing = prepared ?? this.#prepare(asker, request);
    const answer = Promise.all([preparing, line]).then(([made]) =>
      'code' in made ? made : this.#later(asker, (now) => this.#sendNow(now, request, made)),
    );
    const done = answer.catch(() => {}); // Whoever asked hears of it; those behind go on.
    this.#lines.set(id, done);
    void done.then(() => this.#lines.get(id) === done && this.#lines.delete(id));
    return answer;
  }

  /** What the message needs, where memory has it. */
  #prepared({ replyTo, attachments = [] }: Send): Prepared | undefined {
    if (attachments.length > 0) return undefined;
    if (replyTo === undefined) return { answered: undefined, attachments: [] };
    const answered = this.#parts.messages.inMemory(replyTo);
    return answered && { answered: stillThere(answered), attachments: [] };
  }

  async #prepare({ user }: Asker, request: Send): Promise<Prepared | Refusal> {
    const { replyTo, attachments: tickets = [] } = request;
    const [answered, attachments] = await Promise.all([
      replyTo === undefined ? NO_MESSAGE : this.#answered(replyTo),
      this.#parts.attachments.open(tickets, user.id),
    ]);
    if (answered === undefined) return NOTHING_TO_ANSWER;
    if ('code' in attachments) return attachments;
    return { answered: stillThere(answered), attachments };
  }

  async #answered(id: Snowflake): Promise<Message | 'removed' | undefined> {
    const { messages } = this.#parts;
    const known = messages.inMemory(id);
    if (known !== undefined) return known;
    const found = await messages.elsewhere(id);
    // While api is away the conversation goes on: it is answered, and nobody is named.
    return found !== undefined && typeof found === 'object' && 'code' in found ? 'removed' : found;
  }

  #sendNow(asker: Asker, request: Send, { answered, attachments }: Prepared): Answer {
    const { gate, attachments: files, slowmode } = this.#parts;
    const refusal = files.refusal(attachments);
    if (refusal !== undefined) return refusal;
    return this.#done(
      gate.send(asker, request, { slowmode: slowmode(), answered, attachments }),
      request,
    );
  }

  #act(asker: Asker, request: Acted): Answer | Promise<Answer> {
    const { messages, reactions, pins } = this.#parts;
    const message = messages.inMemory(request.id);
    const chosen = isReact(request) ? reactions.known(request.id) : NOTHING;
    const isListed = request.type === 'pin.remove' && pins.has(request.id);
    if (isListed || (message !== undefined && chosen !== undefined)) {
      return this.#decide(asker, request, message, chosen ?? NOTHING);
    }
    return this.#lookUp(asker, request);
  }

  async #lookUp(asker: Asker, request: Acted): Promise<Answer> {
    const { messages, reactions } = this.#parts;
    const found = messages.inMemory(request.id) ?? (await messages.elsewhere(request.id));
    if (found === undefined) return GONE;
    if (found !== 'removed' && 'code' in found) return found;
    const loaded = isReact(request) ? await this.#chosen(request.id) : NOTHING;
    if (loaded === undefined) return UNAVAILABLE;
    return this.#later(asker, (now) => {
      // Memory is asked last: somebody else may have changed it meanwhile.
      const message = messages.inMemory(request.id) ?? found;
      return this.#decide(now, request, message, reactions.known(request.id) ?? loaded);
    });
  }

  async #chosen(id: Snowflake): Promise<Chosen | undefined> {
    try {
      return await this.#parts.reactions.load(id);
    } catch (error) {
      this.#parts.report.warn({ error }, 'reactions could not be looked up');
      return undefined;
    }
  }

  #decide(
    asker: Asker,
    request: Acted,
    found: Message | 'removed' | undefined,
    chosen: Chosen,
  ): Answer {
    const { gate, reacting, pins } = this.#parts;
    const message = found === 'removed' ? undefined : found;
    if (isReact(request)) {
      return this.#done(reacting.react(asker, request, message, chosen), request);
    }
    if (isPin(request)) return this.#done(pins.pin(asker, request, message), request);
    return this.#done(gate.change(asker, request, message), request);
  }

  #done(decided: Decided, request: Request): Answer {
    if ('code' in decided) return decided;
    if ('unchanged' in decided) {
      // Of the last event's number: to a client that has all of them it says nothing new.
      const record = { ...decided.unchanged, seq: this.#parts.log.seq, nonce: request.nonce };
      return { frame: JSON.stringify(record), isKnown: true };
    }
    this.#parts.made(decided);
    return { frame: decided.frame, isKnown: false, record: decided.record };
  }
}

interface Parts {
  log: EventLog;
  nonces: Nonces;
  gate: MessageGate;
  messages: FindMessage;
  attachments: Attachments;
  reactions: Reactions;
  reacting: Reacting;
  pins: Pins;
  /** Seconds. */
  slowmode: () => number;
  isRemoved: () => boolean;
  /** Everyone is to be told. */
  made: (accepted: Accepted) => void;
  report: Log;
}

export const CHANNEL_GONE: Refusal = { code: 'not_found', message: 'The channel is gone.' };
const NOTHING: Chosen = new Map();
const NO_MESSAGE = 'removed' as const;

function stillThere(found: Message | 'removed'): Message | undefined {
  return found === 'removed' || found.removedAt !== null ? undefined : found;
}

function isReact(request: Acted): request is React {
  return request.type === 'reaction.add' || request.type === 'reaction.remove';
}

function isPin(request: Acted): request is Pin {
  return request.type === 'pin.add' || request.type === 'pin.remove';
}
