import type { VoiceTicket } from '@harmonium/api/voice';

/** Whoever points at a channel for longer is not about to click, in milliseconds. */
const WARM_FOR_MS = 20_000;
/** A pointer that only passes asks for nothing, in milliseconds. */
const ASKS_AFTER_MS = 60;

interface WarmTicketsDeps {
  ask: (channelId: string) => Promise<VoiceTicket>;
  now: () => number;
}

/** Asks for the ticket to a call before the click that needs it; at most once in a while a channel. */
export function createWarmTickets(deps: WarmTicketsDeps) {
  const warm = new Map<string, { at: number; ticket: Promise<VoiceTicket> }>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function dropCold(): void {
    for (const [channelId, { at }] of warm) {
      if (deps.now() - at >= WARM_FOR_MS) warm.delete(channelId);
    }
  }

  function ask(channelId: string): void {
    const ticket = deps.ask(channelId);
    warm.set(channelId, { at: deps.now(), ticket });
    ticket.catch(() => {
      // Asked for again by the click, which says what is wrong.
      if (warm.get(channelId)?.ticket === ticket) warm.delete(channelId);
    });
  }

  return {
    warmUp(channelId: string): void {
      clearTimeout(timer);
      dropCold();
      if (!warm.has(channelId)) timer = setTimeout(() => ask(channelId), ASKS_AFTER_MS);
    },
    /** Whoever comes that way left before: nothing is asked. */
    cool: (): void => clearTimeout(timer),
    /** The warm one, once; else another. */
    async take(channelId: string): Promise<VoiceTicket> {
      clearTimeout(timer);
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
