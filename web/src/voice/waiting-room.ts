import { openLink } from './link.ts';
import type { Link, LinkDeps, LinkHooks } from './link.ts';
import type { Media, MediaHooks, StartMedia } from './media.ts';

interface WaitingRoomDeps extends Omit<LinkDeps, 'hasMoved'> {
  startMedia: StartMedia;
  speaker: () => string;
}

/** Where whoever is about to join makes ready: all is there but the join, and nobody knows of it. */
export interface WaitingRoom {
  /** Of the node where the call is. */
  readonly url: string;
  /** Joins. Good once; whatever went wrong before is told now. */
  enter(
    hooks: LinkHooks & MediaHooks,
    hasMoved: LinkDeps['hasMoved'],
  ): { link: Link; media: Promise<Media> };
  isOpen(): boolean;
  /** They only came by. */
  close(): void;
}

export function openWaitingRoom(
  address: { url: string; ticket: string },
  deps: WaitingRoomDeps,
): WaitingRoom {
  const ready = Promise.withResolvers<Media>();
  let entered: (LinkHooks & MediaHooks) | undefined;
  let hasMoved: LinkDeps['hasMoved'] = () => Promise.resolve(false);
  let closedBy: number | undefined;

  const link = openLink(
    { ...address, waits: true },
    { signal: deps.signal, backoff: deps.backoff, hasMoved: () => hasMoved() },
    {
      onNotification(notification) {
        if (notification.method !== 'waiting') return entered?.onNotification(notification);
        deps
          .startMedia({
            welcome: notification.data,
            request: link.request,
            speaker: deps.speaker(),
            hooks: {
              onFailed: () => entered?.onFailed(),
              onSoundBlocked: () => entered?.onSoundBlocked(),
            },
          })
          .then(ready.resolve, ready.reject);
      },
      onAway: () => entered?.onAway(),
      onClose(code) {
        closedBy = code;
        ready.reject(new Error('the waiting is over'));
        entered?.onClose(code);
      },
    },
  );
  ready.promise.catch(() => {
    // Told to who enters; who does not need not know.
  });

  function enter(hooks: LinkHooks & MediaHooks, find: LinkDeps['hasMoved']) {
    entered = hooks;
    hasMoved = find;
    if (closedBy !== undefined) hooks.onClose(closedBy);
    const refused = (): void => {
      // The sfu closes the socket when it lets nobody in, and says why.
    };
    ready.promise.then(() => link.request('enter', {})).catch(refused);
    return { link, media: ready.promise };
  }

  return {
    url: address.url,
    enter,
    isOpen: () => closedBy === undefined,
    close() {
      closedBy ??= 0;
      link.close();
      ready.promise.then(
        (media) => media.close(),
        () => {
          // There is nothing to close.
        },
      );
    },
  };
}
