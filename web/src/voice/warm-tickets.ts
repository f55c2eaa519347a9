import type { VoiceTicket } from '@harmonium/api/voice';

/** Whoever points at a channel for longer is not about to click, in milliseconds. */
const WARM_FOR_MS = 20_000;
/** A pointer that only passes asks for nothing, in milliseconds. */
const ASKS_AFTER_MS = 60;

interface WarmTicketsDeps {
  ask: (channelId: string) => Promise<VoiceTicket>;
  now: () => number;
}

/** Asks for the ticket to a call before the click that needs it; one at a time. */
export function createWarmTickets(deps: WarmTicketsDeps) {
  let warm: { channelId: string; at: number; ticket?: Promise<VoiceTicket> } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function isWarm(channelId: string): boolean {
    return warm?.channelId === channelId && deps.now() - warm.at < WARM_FOR_MS;
  }

  function warmUp(channelId: string): void {
    if (isWarm(channelId)) return;
    clearTimeout(timer);
    const mine: typeof warm = { channelId, at: deps.now() };
    warm = mine;
    timer = setTimeout(() => {
      mine.at = deps.now();
      mine.ticket = deps.ask(channelId);
      mine.ticket.catch(() => {
        // Asked for again by the click, which says what is wrong.
        if (warm === mine) warm = undefined;
      });
    }, ASKS_AFTER_MS);
  }

  return {
    warmUp,
    /** Whoever comes that way left before: nothing is asked. */
    cool(): void {
      if (warm?.ticket === undefined) warm = undefined;
      clearTimeout(timer);
    },
    /** The warm one, once; else another. */
    async take(channelId: string): Promise<VoiceTicket> {
      clearTimeout(timer);
      const ticket = isWarm(channelId) ? warm?.ticket : undefined;
      warm = undefined;
      if (ticket === undefined) return deps.ask(channelId);
      try {
        return await ticket;
      } catch {
        return deps.ask(channelId);
      }
    },
  };
}
