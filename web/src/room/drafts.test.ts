import { expect, test } from 'vitest';
import { createDrafts } from './drafts.ts';
import { message } from './testing/messages.ts';
import { MemoryStorage } from './testing/storage.ts';

test('what was begun is there after a reload, with what it answers', () => {
  const storage = new MemoryStorage();
  const draft = {
    text: 'hello @Ann',
    picked: [['@Ann', '<@1>'] as const],
    replying: message(1),
    quiet: true,
  };
  createDrafts(storage, '1').write('100', draft);
  const next = createDrafts(storage, '1');
  expect(next.read('100')).toEqual(draft);
  expect(next.has('100')).toBe(true);
  expect(createDrafts(storage, '2').has('100')).toBe(false);
});

test('what was sent or wiped out leaves nothing behind', () => {
  const storage = new MemoryStorage();
  const drafts = createDrafts(storage, '1');
  drafts.write('100', { text: 'hello', picked: [] });
  expect(drafts.has('100')).toBe(true);
  drafts.write('100', { text: '', picked: [] });
  expect(drafts.has('100')).toBe(false);
  expect(storage.length).toBe(0);
});

test('an answer that is not begun keeps what it answers, and is no draft', () => {
  const storage = new MemoryStorage();
  const drafts = createDrafts(storage, '1');
  drafts.write('100', { text: ' ', picked: [], replying: message(1) });
  expect(drafts.has('100')).toBe(false);
  expect(createDrafts(storage, '1').read('100').replying?.id).toBe(message(1).id);
});

test('what an earlier page kept as words is read as words', () => {
  const storage = new MemoryStorage();
  storage.setItem('harmonium.draft.1.100', 'hello');
  storage.setItem('harmonium.draft.1.200', '{"text":broken');
  const drafts = createDrafts(storage, '1');
  expect(drafts.read('100')).toEqual({ text: 'hello', picked: [] });
  expect(drafts.read('200').text).toBe('{"text":broken');
  expect(drafts.has('100')).toBe(true);
});

test('a full storage does not keep one from writing', () => {
  const storage = new MemoryStorage();
  storage.full = true;
  const drafts = createDrafts(storage, '1');
  drafts.write('100', { text: 'hello', picked: [] });
  expect(drafts.has('100')).toBe(true);
});
