import type { Message } from '@harmonium/api/message';
import type { ChannelTicket } from '@harmonium/api/ticket';
import { expect } from 'vitest';
import type { ChannelClientEvent } from '../../contract/client-event.ts';
import type { CloseReason } from '../../contract/close-codes.ts';
import { ChannelServerEvent, type ChannelRecord } from '../../contract/server-event.ts';
import { Client } from '../testing/client.ts';
import { bare, bury } from './ledger.ts';
import { Tally } from './marks.ts';

export type Question = Exclude<ChannelClientEvent, { type: 'ping' | 'typing.start' }>;
/** How a question was answered: the event that it made, or why not. */
export type Answer = { seq: number } | { code: string };

/** A client as a careful one is written: applies what it hears, and asks again what was not answered. */
export class Device {
  readonly user: ChannelTicket['user'];
  /** What the view holds; undefined: nothing yet. */
  seq: number | undefined;
  view = new Map<string, Message>();
  /** What is on them. */
  tally = new Tally([]);
  /** The youngest pin first. */
  pins: string[] = [];
  /** Every event it was ever told. */
  readonly heard: ChannelRecord[] = [];
  /** What it was told the last time it came in. */
  greeting: (ChannelServerEvent & { type: 'ready' | 'resumed' }) | undefined;
  /** What it should not have been told; the caller of a socket's listener could not fail for it. */
  readonly faults: unknown[] = [];
  readonly open = new Map<string, Question>();
  readonly answers = new Map<string, Answer[]>();
  permissions = '';
  slowmode = 0;
  held: string | undefined;
  heldUntil = 0;
  #line: Line | undefined;

  constructor(user: ChannelTicket['user']) {
    this.user = user;
  }

  get connected(): boolean {
    return this.#line !== undefined && this.#line.closedBy === undefined;
  }

  get closedBy(): CloseReason | number | undefined {
    return this.#line?.closedBy;
  }

  /** A new connection, which this device listens to from now on. */
  line(): Client {
    this.#line = new Line(this);
    this.greeting = undefined;
    return this.#line;
  }

  ask(question: Question, loss: 'none' | 'question' = 'none'): void {
    const nonce = String(question.nonce);
    this.open.set(nonce, question);
    if (loss === 'none') this.#line?.send(question);
  }

  /** What was asked before and not answered. */
  askAgain(): void {
    for (const question of this.open.values()) this.#line?.send(question);
  }

  /** From here on nothing reaches it. */
  goDeaf(): void {
    if (this.#line !== undefined) this.#line.deaf = true;
  }

  leave(): void {
    this.goDeaf();
    this.#line?.leave();
    this.#line = undefined;
  }

  /** Has heard how it was received. */
  async greeted(): Promise<void> {
    const line = this.#line;
    for (let turn = 0; turn < 2_000; turn += 1) {
      if (this.greeting !== undefined || line?.closedBy !== undefined) return;
      await new Promise((resolve) => {
        if (turn < 20) setImmediate(resolve);
        else setTimeout(resolve, 5);
      });
    }
    throw new Error('The room answered nothing.');
  }

  /** What it said has reached the room, though it hears no more of it. */
  async arrived(): Promise<void> {
    await this.#line?.settled().catch(() => {});
  }

  async settled(): Promise<void> {
    const line = this.#line;
    if (line === undefined || line.deaf || line.closedBy !== undefined) return;
    await line.settled().catch((error: unknown) => {
      if (line.closedBy === undefined) throw error;
    });
  }

  hear(event: ChannelServerEvent): void {
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- The rest is not about messages.
    switch (event.type) {
      case 'ready':
        this.seq = event.seq;
        this.view = new Map(event.history.map((message) => [message.id, bare(message)]));
        this.tally = new Tally(event.history);
        this.pins = event.pins;
        return this.#greeted(event);
      case 'resumed':
        expect(this.seq).toBe(event.to);
        return this.#greeted(event);
      case 'message.created':
      case 'message.edited':
      case 'message.removed':
      case 'message.updated':
      case 'reaction.changed':
      case 'pin.changed':
        this.#apply(event);
        return this.#answered(event.nonce, { seq: event.seq });
      case 'messages.removed':
        return this.#apply(event);
      case 'rejected':
        return this.#answered(event.nonce, { code: event.code });
      case 'permissions.changed':
        this.permissions = event.permissions;
        this.slowmode = event.slowmode;
        return undefined;
      default:
        return undefined;
    }
  }

  #greeted(event: ChannelServerEvent & { type: 'ready' | 'resumed' }): void {
    this.greeting = event;
    this.permissions = event.you.permissions;
    this.slowmode = event.you.slowmode;
    this.held = event.ticket;
    this.heldUntil = Date.parse(event.expiresAt);
  }

  #apply(record: ChannelRecord): void {
    this.heard.push(record);
    const seq = this.seq ?? 0;
    // Only what it asked for a second time is told a second time.
    if (record.seq <= seq) return;
    expect(record.seq, 'a gap').toBe(seq + 1);
    this.seq = record.seq;
    if (record.type === 'messages.removed') return bury(this.view, record);
    if (record.type === 'reaction.changed') return this.tally.apply(record, this.user.id);
    if (record.type === 'pin.changed') {
      const others = this.pins.filter((id) => id !== record.messageId);
      this.pins = record.pinned ? [record.messageId, ...others] : others;
      return;
    }
    if (record.type === 'message.created' || this.view.has(record.message.id)) {
      this.view.set(record.message.id, record.message);
    }
  }

  #answered(nonce: string | undefined, answer: Answer): void {
    if (nonce === undefined || !this.open.has(nonce)) return;
    this.open.delete(nonce);
    this.answers.set(nonce, [...(this.answers.get(nonce) ?? []), answer]);
  }
}

class Line extends Client {
  deaf = false;
  readonly #device: Device;

  constructor(device: Device) {
    super();
    this.#device = device;
  }

  override received(text: string): void {
    if (this.deaf) return super.received(text);
    try {
      expect(this.closedBy, 'told after the end').toBeUndefined();
      this.#device.hear(ChannelServerEvent.parse(JSON.parse(text)));
    } catch (fault) {
      this.#device.faults.push(fault);
    }
    super.received(text);
  }

  override closed(by: CloseReason | number): void {
    if (!this.deaf) super.closed(by);
  }
}
