import { expect, test } from 'vitest';
import { messageAt, messagePath } from './message-path.ts';

test('a link to a message leads back to it, on a server and between two people', () => {
  for (const serverId of ['7', undefined]) {
    const place = { serverId, channelId: '8', messageId: '9' };
    expect(messageAt(messagePath(place))).toEqual(place);
  }
});

test('other addresses are no messages', () => {
  for (const path of [
    '/servers/7/8',
    '/servers/7/settings/roles',
    '/direct/8',
    '/servers/7/8/9/10',
  ]) {
    expect(messageAt(path)).toBeUndefined();
  }
});
