import type { Snowflake } from '@harmonium/api/ids';
import { expect } from 'vitest';
import type { PublishAnswer } from '../../contract/publish.ts';
import { isMessageRecord, type ChannelRecord } from '../../contract/server-event.ts';
import { channelTicket, someId, someone } from '../testing/people.ts';
import { attestPage } from './channel-page.ts';
import {
  canView,
  ChannelRules,
  DONE,
  type Person,
  type Verdict,
  type Wanted,
} from './channel-rules.ts';
import { DEVICES, KEEPER, USERS, USUAL, type Step, type Wish } from './channel-steps.ts';
import { Device, type Question } from './device.ts';
import { Ledger } from './ledger.ts';
import { sorted } from './marks.ts';
import type { Stand } from '../testing/stands.ts';

interface Asked {
  person: Person;
  question: Wanted;
  may: Verdict;
  seq: number | undefined;
}

/** Drives a channel's room step by step, beside a list of what it should hold. */
export class ChannelModel {
  readonly #stand: Stand;
  readonly #id: Snowflake = someId();
  readonly #ledger = new Ledger();
  readonly #rules: ChannelRules;
  readonly #people: Person[];
  readonly #devices: Device[];
  readonly #asked = new Map<string, Asked>();
  /** By REST an edit has no name. */
  #unnamed: Asked | undefined;
  /** What is being removed together. */
  #purged: Snowflake[] = [];

  constructor(stand: Stand) {
    this.#stand = stand;
    this.#rules = new ChannelRules(stand, this.#ledger);
    this.#people = Array.from({ length: USERS }, (_, at) => ({
      user: someone(`user${at}`),
      permissions: at === 0 ? KEEPER : USUAL,
      revokedAt: undefined,
      wroteAt: undefined,
    }));
    this.#devices = Array.from({ length: DEVICES }, (_, at) => new Device(this.#person(at).user));
  }

  async run(steps: readonly Step[]): Promise<void> {
    this.#stand.api.mood = 'up';
    for (const device of this.#devices) await this.#enter(device, false, false);
    for (const step of steps) {
      await this.#take(step);
      await this.#look();
    }
    await this.#end();
  }

  async #take(step: Step): Promise<void> {
    const { publisher } = this.#stand;
    switch (step.do) {
      case 'say':
        return this.#say(step);
      case 'burst':
        return this.#burst(step);
      case 'rest':
        return this.#byRest(step);
      case 'repeat':
        return this.#repeat(step);
      case 'leave':
        return this.#device(step.device).leave();
      case 'enter':
        return this.#enter(this.#device(step.device), step.resume, step.held);
      case 'restart':
        for (const device of this.#devices) device.leave();
        return this.#stand.restart();
      case 'api':
        this.#stand.api.mood = step.mood;
        return undefined;
      case 'pass':
        return this.#stand.pass(step.milliseconds);
      case 'jump':
        return this.#jump(step.milliseconds);
      case 'grant': {
        const person = this.#person(step.user);
        person.permissions = step.permissions;
        const { permissions } = step;
        const userId = person.user.id;
        const event = { type: 'permissions.changed', userId, permissions } as const;
        await publisher.publish('main', this.#id, [event]);
        return this.#expectEnds(person, canView(person) ? undefined : 'access_lost');
      }
      case 'slowmode':
        this.#rules.slowmode = step.seconds;
        await publisher.publish('main', this.#id, [
          { type: 'channel.updated', slowmode: step.seconds },
        ]);
        return undefined;
      case 'revoke': {
        const person = this.#person(step.user);
        person.revokedAt = Math.floor(this.#stand.now() / 1000);
        await publisher.publish('main', this.#id, [
          { type: 'revoke', userId: person.user.id, reason: 'access_lost' },
        ]);
        return this.#expectEnds(person, 'access_lost');
      }
      case 'purge':
        return this.#purge(step);
    }
  }

  async #say({ device: at, wish, loss, twice }: Step & { do: 'say' }): Promise<void> {
    const device = this.#device(at);
    if (!device.connected) return;
    const question = this.#name(this.#personOf(device), this.#question(wish));
    if (loss === 'answer') device.goDeaf();
    device.ask(question, loss === 'question' ? 'question' : 'none');
    if (twice && loss === 'none') device.ask(question);
    if (loss === 'none') return;
    if (loss === 'answer') await device.arrived();
    await this.#quiet();
    device.leave();
  }

  async #burst({ contents, crash }: Step & { do: 'burst' }): Promise<void> {
    const online = this.#devices.filter(({ connected }) => connected);
    for (const [at, content] of contents.entries()) {
      const device = online[at % online.length];
      if (device === undefined) continue;
      const question = this.#name(this.#personOf(device), { type: 'message.send', content });
      const asked = this.#asked.get(question.nonce ?? '');
      // Somebody's own in the same burst may have been first.
      if (asked !== undefined && this.#rules.slowmode > 0)
        asked.may = new Set([...asked.may, 'slow_mode']);
      device.ask(question);
    }
    if (!crash) return;
    await this.#stand.crash(() => {
      for (const device of this.#devices) device.leave();
    });
  }

  async #byRest({ user: at, wish, twice }: Step & { do: 'rest' }): Promise<void> {
    const person = this.#person(at);
    const wanted = this.#question(wish);
    const question = wanted.type === 'message.send' ? this.#name(person, wanted) : wanted;
    const asked =
      'nonce' in question ? this.#asked.get(question.nonce ?? '') : this.#judged(person, wanted);
    if (asked === undefined) return;
    this.#unnamed = asked;
    const accept = {
      type: 'accept' as const,
      author: person.user,
      sessionId: person.user.id,
      permissions: person.permissions,
      event: question,
    };
    const before = this.#ledger.seq;
    const isKnown = asked.may.has('known');
    const [answer] = await this.#stand.publisher.publish('main', this.#id, [accept]);
    await this.#learn();
    this.#attestAnswer(answer, asked);
    const unpinned = this.#ledger.records
      .slice(before)
      .filter((each) => this.#isImplied(each)).length;
    expect(this.#ledger.seq - before - unpinned).toBe(answer?.ok === true && !isKnown ? 1 : 0);
    if (!twice || !('nonce' in question) || answer?.ok !== true) return;
    const [again] = await this.#stand.publisher.publish('main', this.#id, [accept]);
    expect(again).toEqual(answer);
  }

  #attestAnswer(answer: PublishAnswer | undefined, asked: Asked): void {
    if (answer?.ok === true) {
      if (answer.message === undefined) return;
      const record = this.#ledger.records.findLast(isMessageRecord);
      expect(record).toMatchObject({ message: answer.message });
    } else {
      expect(asked.may).toContain(answer?.code);
      expect(asked.seq).toBeUndefined();
    }
  }

  async #repeat({ device: at, of }: Step & { do: 'repeat' }): Promise<void> {
    const device = this.#device(at);
    const person = this.#personOf(device);
    const known = [...this.#asked].filter(
      ([, asked]) => asked.person === person && asked.seq !== undefined,
    );
    const [nonce, asked] = known[of % Math.max(1, known.length)] ?? [];
    if (!device.connected || nonce === undefined || asked === undefined) return;
    device.answers.delete(nonce);
    device.ask({ type: 'message.send', nonce, content: 'something else' });
  }

  async #enter(device: Device, resume: boolean, held: boolean): Promise<void> {
    device.leave();
    const person = this.#personOf(device);
    const now = this.#stand.now();
    const claims = channelTicket(person.user, this.#id, {
      permissions: person.permissions,
      slowmode: this.#rules.slowmode,
    });
    const usesHeld = held && device.held !== undefined;
    const ticket = usesHeld
      ? (device.held ?? '')
      : (await this.#stand.tickets.issue(claims, 60)).ticket;
    const since = resume ? device.seq : undefined;
    const line = device.line();
    await this.#stand.connect('main', this.#id, ticket, since?.toString(), line);
    await device.greeted();
    const { closedBy, greeting } = device;
    const until = usesHeld ? device.heldUntil : Infinity;
    expect(closedBy, 'at the door').toBe(this.#rules.admission(person, ticket, until, now));
    if (greeting === undefined) return device.leave();
    if (since !== undefined) expect(greeting).toMatchObject({ type: 'resumed', from: since });
    else if (greeting.type === 'ready') {
      this.#ledger.attestSnapshot(greeting, person.user.id);
    } else expect.unreachable();
    await this.#askAgain(device, person);
  }

  /** One by one: what becomes of one decides what may become of the next. */
  async #askAgain(device: Device, person: Person): Promise<void> {
    for (const [nonce, question] of device.open) {
      const asked = this.#asked.get(nonce);
      if (asked === undefined) continue;
      asked.may =
        asked.seq === undefined
          ? this.#rules.verdict(person, asked.question)
          : new Set(['accepted']);
      device.ask(question);
      await this.#look(device);
    }
  }

  async #jump(milliseconds: number): Promise<void> {
    this.#rules.jumped = true;
    await this.#stand.jump(milliseconds);
    // Their time is another one's now.
    for (const device of this.#devices) device.held = undefined;
  }

  async #purge({ of, author }: Step & { do: 'purge' }): Promise<void> {
    const { messages } = this.#ledger;
    const ids = of.map((at) => messages[at % (messages.length + 1)]?.id ?? someId());
    const by = someone('moderator').id;
    const who = author === undefined ? undefined : this.#person(author).user.id;
    const everything = new Date(0).toISOString();
    const all = who === undefined ? {} : { authorId: who, since: everything };
    const wanted = new Set(ids);
    for (const message of messages) if (message.author.id === who) wanted.add(message.id);
    this.#purged = [...wanted].filter((id) => (this.#ledger.find(id)?.removedAt ?? null) === null);
    const purge = { type: 'purge' as const, ids, by, ...all };
    const answers = await this.#stand.publisher.publish('main', this.#id, [purge, purge]);
    expect(answers).toEqual([{ ok: true }, { ok: true }]);
    await this.#learn();
    expect(this.#purged, 'not removed').toEqual([]);
  }

  #question(wish: Wish): Wanted {
    if (wish.type === 'send') return { type: 'message.send', content: wish.content };
    const { messages } = this.#ledger;
    const id = messages[wish.of % (messages.length + 1)]?.id ?? someId();
    switch (wish.type) {
      case 'edit':
        return { type: 'message.edit', id, content: wish.content };
      case 'remove':
        return { type: 'message.remove', id };
      case 'reply':
        return { type: 'message.send', content: wish.content, replyTo: id };
      case 'react':
        return { type: 'reaction.add', id, emoji: emojiOf(wish.emoji) };
      case 'unreact':
        return { type: 'reaction.remove', id, emoji: emojiOf(wish.emoji) };
      case 'pin':
        return { type: 'pin.add', id };
      case 'unpin':
        return { type: 'pin.remove', id };
    }
  }

  #name(person: Person, wanted: Wanted): Question {
    const nonce = `n${this.#asked.size}`;
    this.#asked.set(nonce, this.#judged(person, wanted));
    return { ...wanted, nonce };
  }

  #judged(person: Person, question: Wanted): Asked {
    return { person, question, may: this.#rules.verdict(person, question), seq: undefined };
  }

  async #quiet(): Promise<void> {
    for (let round = 0; round < 2; round += 1) {
      await this.#stand.rest();
      await Promise.all(this.#devices.map((device) => device.settled()));
    }
  }

  /**
   * Everyone shows the same, and it is what happened.
   * @param asking has more to ask
   */
  async #look(asking?: Device): Promise<void> {
    await this.#quiet();
    await this.#learn();
    for (const device of this.#devices) {
      expect(device.faults).toEqual([]);
      for (const record of device.heard.splice(0)) {
        if (!this.#isKnown(record)) this.#ledger.attest(record);
      }
      this.#attestAnswers(device);
      if (!device.connected) {
        expect(device.closedBy, 'an end that nobody asked for').toBeUndefined();
        continue;
      }
      if (device !== asking) expect([...device.open.keys()], 'unanswered').toEqual([]);
      expect(device.seq).toBe(this.#ledger.seq);
      const view = [...device.view.values()];
      expect(view).toEqual(view.length === 0 ? [] : this.#ledger.messages.slice(-view.length));
      for (const { id, removedAt } of view) {
        if (removedAt !== null) continue;
        expect(sorted(device.tally.on(id))).toEqual(this.#ledger.seenBy(device.user.id, id));
      }
      const { pins } = this.#ledger.marks;
      expect(device.pins).toEqual(pins);
      for (const id of pins) expect(this.#ledger.find(id)?.removedAt).toBeNull();
      expect(device.permissions).toBe(this.#personOf(device).permissions);
      expect(device.slowmode).toBe(this.#rules.slowmode);
    }
    // Nothing that a crash could take back was ever given away.
    const { api } = this.#stand;
    expect(api.of(this.#id).map(({ id }) => id)).toEqual(
      this.#ledger.messages.slice(0, api.of(this.#id).length).map(({ id }) => id),
    );
    await attestPage(this.#stand, this.#id, this.#ledger);
    expect(this.#stand.bugs).toEqual([]);
  }

  /** Unpinned as it was removed: nobody asked for it. */
  #isImplied(record: ChannelRecord): boolean {
    if (record.type !== 'pin.changed' || record.pinned || record.nonce !== undefined) return false;
    return this.#ledger.find(record.messageId)?.removedAt !== null;
  }

  /** Told to whoever asked for what was so already: no event of the log. */
  #isKnown(record: ChannelRecord): boolean {
    if (!('nonce' in record) || record.nonce === undefined) return false;
    const asked = this.#asked.get(record.nonce);
    return asked?.seq === undefined && asked?.may.has('known') === true;
  }

  /** By somebody who was here all the time, without a line of their own. */
  async #learn(): Promise<void> {
    const witness = new Device(someone('witness'));
    witness.seq = this.#ledger.seq;
    // Whatever the clock did, nobody has revoked this one.
    const { ticket } = await this.#stand.tickets.issue(
      channelTicket(witness.user, this.#id, {
        permissions: USUAL,
        slowmode: this.#rules.slowmode,
      }),
      60,
    );
    const since = String(this.#ledger.seq);
    await this.#stand.connect('main', this.#id, ticket, since, witness.line());
    await witness.greeted();
    expect(witness.faults).toEqual([]);
    expect(witness.greeting).toMatchObject({ type: 'resumed', from: this.#ledger.seq });
    witness.leave();
    for (const record of witness.heard) this.#justify(record);
  }

  #justify(record: ChannelRecord): void {
    if (record.type === 'messages.removed') {
      expect(record.ids.toSorted()).toEqual(this.#purged.toSorted());
      this.#purged = [];
      return this.#ledger.learn(record);
    }
    if (this.#isImplied(record)) return this.#ledger.learn(record);
    const asked = record.nonce === undefined ? this.#unnamed : this.#asked.get(record.nonce);
    if (asked === undefined) return expect.unreachable('Nobody asked for it.');
    const { person, question } = asked;
    expect(asked.seq, 'accepted twice').toBeUndefined();
    expect(asked.may).toContain('accepted');
    expect(record.type).toBe(DONE[question.type]);
    if (isMessageRecord(record)) {
      const { message } = record;
      if ('content' in question && message.removedAt === null) {
        expect(message.content).toBe(asStored(question.content));
      }
      if ('id' in question) expect(message.id).toBe(question.id);
      else {
        expect(message.author).toEqual(person.user);
        expect(message.replyTo).toBe(question.replyTo);
      }
    } else if ('id' in question) expect(record.messageId).toBe(question.id);
    asked.seq = record.seq;
    if (record.type === 'message.created') person.wroteAt = this.#stand.now();
    this.#ledger.learn(record);
  }

  #attestAnswers(device: Device): void {
    for (const [nonce, answers] of device.answers) {
      const asked = this.#asked.get(nonce);
      for (const answer of answers) {
        if ('seq' in answer) {
          if (asked?.seq === undefined) expect(asked?.may).toContain('known');
          else expect(answer.seq).toBe(asked.seq);
        } else {
          expect(asked?.seq, 'refused and accepted').toBeUndefined();
          expect(asked?.may).toContain(answer.code);
        }
      }
    }
    device.answers.clear();
  }

  async #expectEnds(person: Person, reason: string | undefined): Promise<void> {
    await this.#quiet();
    if (reason === undefined) return;
    for (const device of this.#devices) {
      if (device.user !== person.user || device.closedBy === undefined) continue;
      expect(device.closedBy).toBe(reason);
      device.leave();
    }
    const left = this.#devices.filter(({ user, connected }) => user === person.user && connected);
    expect(left).toEqual([]);
  }

  /** api is back, everyone is back, and nothing is missing anywhere. */
  async #end(): Promise<void> {
    this.#stand.api.mood = 'up';
    await this.#drained();
    for (const user of this.#people.keys()) {
      await this.#take({ do: 'grant', user, permissions: USUAL });
    }
    // Past every slow mode, and past what was revoked before the clock jumped back.
    await this.#stand.pass(this.#rules.jumped ? 40 * 3_600_000 : 31_000);
    for (const device of this.#devices) await this.#enter(device, device.seq !== undefined, false);
    await this.#look();
    await this.#drained();
    for (const device of this.#devices) device.leave();
    await this.#stand.restart();
    for (const device of this.#devices) {
      await this.#enter(device, false, false);
      await this.#enter(device, true, true);
      device.seq = 0;
      await this.#enter(device, true, true);
    }
    await this.#look();
    for (const device of this.#devices) device.leave();
  }

  async #drained(): Promise<void> {
    const { api } = this.#stand;
    await this.#stand.pass(120_000);
    await expect.poll(() => api.of(this.#id), { timeout: 2_000 }).toEqual(this.#ledger.messages);
    const { marks, messages } = this.#ledger;
    const isHere = (id: string) => messages.some((message) => message.id === id);
    expect(new Set([...api.pinned].filter(isHere))).toEqual(new Set(marks.pins));
  }

  #device(at: number): Device {
    return this.#devices[at] ?? expect.unreachable();
  }

  #person(at: number): Person {
    return this.#people[at % USERS] ?? expect.unreachable();
  }

  #personOf(device: Device): Person {
    return this.#people.find(({ user }) => user === device.user) ?? expect.unreachable();
  }
}

const EMOJI = ['👍', '❤️'] as const;

function emojiOf(at: number): string {
  return EMOJI[at % EMOJI.length] ?? '👍';
}

function asStored(content: string): string {
  return content.trim().toWellFormed().replaceAll('\u0000', '\ufffd');
}
