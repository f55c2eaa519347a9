import type { Category, Channel } from '@harmonium/api/channel';
import type { Member } from '@harmonium/api/member';
import type { Message } from '@harmonium/api/message';
import type { Server } from '@harmonium/api/server';
import type { User } from '@harmonium/api/user';

/** A question the app can ask from anywhere in the shell. */
export type Question =
  | { about: 'status' }
  | { about: 'new-server'; way: 'create' | 'join' }
  | {
      about: 'new-channel';
      server: Server;
      categories: readonly Category[];
      categoryId?: string;
      type?: 'text' | 'voice';
    }
  | { about: 'invite'; server: Server }
  | { about: 'leave-server'; server: Server }
  | { about: 'remove-server'; server: Server }
  | { about: 'remove-channel'; channel: Channel }
  | {
      about: 'start-thread';
      serverId: string;
      message: Message;
      onStarted: (threadId: string) => void;
    }
  | { about: 'rename-thread'; thread: Channel }
  | { about: 'new-category'; server: Server }
  | { about: 'rename-category'; category: Category }
  | { about: 'remove-category'; category: Category }
  /** `at`: what was clicked, in the window. */
  | { about: 'profile'; serverId: string; user: User; at: DOMRect }
  | { about: 'rename-member'; member: Member }
  | { about: 'kick-member'; member: Member }
  | { about: 'ban-member'; member: Member };
