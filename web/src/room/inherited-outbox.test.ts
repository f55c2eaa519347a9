import { expect, test } from 'vitest';
import { inheritedOutbox } from './inherited-outbox.ts';
import { MemoryStorage } from './testing/storage.ts';

test('what an earlier page left is taken once', () => {
  const storage = new MemoryStorage();
  storage.setItem(
    'harmonium.outbox.1.100',
    '[{"nonce":1},null,{"nonce":"a","content":"x","writtenAt":1}]',
  );
  storage.setItem('harmonium.outbox.1.200', '{broken');
  storage.setItem('harmonium.outbox.2.100', '[{"nonce":"b","content":"another’s","writtenAt":1}]');
  const inherited = inheritedOutbox(storage, '1');
  expect(inherited.messages).toEqual([
    { nonce: 'a', channelId: '100', content: 'x', writtenAt: 1 },
  ]);
  inherited.forget();
  expect(inheritedOutbox(storage, '1').messages).toEqual([]);
  expect(inheritedOutbox(storage, '2').messages).toHaveLength(1);
});
