import { Permission } from '@harmonium/api/permissions';
import { createEffect, createMemo, createSignal, onCleanup } from 'solid-js';
import { useConversation } from './conversation.tsx';

const UNHURRIED = Permission.MANAGE_MESSAGES | Permission.MANAGE_CHANNELS;

/** How long until one may write again here, and why. */
export function createWait() {
  const conversation = useConversation();
  const { room } = conversation;
  const [now, setNow] = createSignal(Date.now());

  /** Whoever runs a channel is not slowed down in it. */
  const slowmode = () => {
    const you = room.you();
    return you === undefined || (you.permissions & UNHURRIED) !== 0n ? 0 : you.slowmode;
  };
  const lastWrote = createMemo(() => {
    const id = conversation.me()?.id;
    const own = room.timeline().messages.findLast(({ author }) => author.id === id);
    return Math.max(room.wroteAt() ?? 0, own === undefined ? 0 : Date.parse(own.createdAt));
  });
  const slowUntil = () => {
    const hold = room.hold();
    if (hold?.code === 'slow_mode') return hold.retryAt;
    return slowmode() === 0 ? 0 : lastWrote() + slowmode() * 1000;
  };
  const floodUntil = () => {
    const hold = room.hold();
    return hold?.code === 'flooding' ? hold.retryAt : 0;
  };
  const secondsTo = (moment: number): number => Math.max(0, Math.ceil((moment - now()) / 1000));

  createEffect(() => {
    const until = Math.max(slowUntil(), floodUntil());
    setNow(Date.now());
    if (until <= Date.now()) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= until) clearInterval(timer);
    }, 250);
    onCleanup(() => clearInterval(timer));
  });

  return {
    /** Seconds between two messages; 0: as one likes. */
    slowmode,
    /** Seconds until slow mode lets the next message through. */
    slow: () => Math.min(secondsTo(slowUntil()), Math.max(slowmode(), 1) * 2),
    /** Seconds until what was too much at once goes out. */
    flood: () => secondsTo(floodUntil()),
  };
}
