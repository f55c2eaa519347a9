import type { Category, Channel } from '@harmonium/api/channel';
import type { Server } from '@harmonium/api/server';

/** A question the app can ask from anywhere in the shell. */
export type Question =
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
  | { about: 'remove-channel'; channel: Channel };
