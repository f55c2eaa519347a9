import type { VoiceTicket } from '@harmonium/api/voice';
import type { WaitingRoom } from './waiting-room.ts';

/** Whoever points at a channel for longer is not about to click, in milliseconds. */
const WARM_FOR_MS = 20_000;
/** A pointer that only passes asks for nothing, in milliseconds. */
const ASKS_AFTER_MS = 60;

type Timer = ReturnType<typeof setTimeout>;

interface WarmTicketsDeps {
  ask: (channelId: string) => Promise<VoiceTicket>;
  /** Makes a call ready with its ticket. */
  wait: (ticket: VoiceTicket) => WaitingRoom;
  now: () => number;
}

/**
 * Asks for the ticket to a call before the click that needs it, at most once in a while a channel; and
 * makes the call ready at which the pointer rests.
 */
export function createWarmTickets(deps: WarmTicketsDeps) {
  const warm = new Map<string, { at: number; ticket: Promise<VoiceTicket> }>();
  let timer: Timer | undefined;
  /** Where the pointer is. */
  let resting: string | undefined;
  let waiting: { channelId: string; room: WaitingRoom; closing: Timer } | undefined;

  function makeReady(channelId: string, ticket: VoiceTicket): void {
    if (resting !== channelId) return;
    if (waiting?.channelId === channelId && waiting.room.isOpen()) return;
    dropRoom();
    waiting = { channelId, room: deps.wait(ticket), closing: setTimeout(dropRoom, WARM_FOR_MS) };
  }

  function dropRoom(): void {
    clearTimeout(waiting?.closing);
    waiting?.room.close();
    waiting = undefined;
  }

  function dropCold(): void {
    for (const [channelId, { at }] of warm) {
      if (deps.now() - at >= WARM_FOR_MS) warm.delete(channelId);
    }
  }

  function ask(channelId: string): void {
    const ticket = warm.get(channelId)?.ticket ?? deps.ask(channelId);
    if (!warm.has(channelId)) warm.set(channelId, { at: deps.now(), ticket });
    ticket.then(
      (there) => warm.get(channelId)?.ticket === ticket && makeReady(channelId, there),
      () => {
        // Asked for again by the click, which says what is wrong.
        if (warm.get(channelId)?.ticket === ticket) warm.delete(channelId);
      },
    );
  }

  return {
    warmUp(channelId: string): void {
      clearTimeout(timer);
      resting = channelId;
      dropCold();
      if (waiting?.channelId === channelId && waiting.room.isOpen()) return;
      timer = setTimeout(() => ask(channelId), ASKS_AFTER_MS);
    },
    /** Whoever comes that way left before: nothing is asked. */
    cool(): void {
      clearTimeout(timer);
      resting = undefined;
    },
    /** The call that was made ready, once. */
    takeRoom(channelId: string): WaitingRoom | undefined {
      if (waiting?.channelId !== channelId) return undefined;
      // Its ticket goes with it, whatever became of it.
      warm.delete(channelId);
      if (!waiting.room.isOpen()) return undefined;
      const { room, closing } = waiting;
      clearTimeout(closing);
      waiting = undefined;
      return room;
    },
    /** Nobody joins any more. */
    close: dropRoom,
    /** The warm one, once; else another. */
    async take(channelId: string): Promise<VoiceTicket> {
      clearTimeout(timer);
      // It joins by this ticket, not by a room that is still being made ready.
      resting = undefined;
      dropCold();
      const ticket = warm.get(channelId)?.ticket;
      warm.delete(channelId);
      if (ticket === undefined) return deps.ask(channelId);
      try {
        return await ticket;
      } catch {
        return deps.ask(channelId);
      }
    },
  };
}
