import { expect, test } from 'vitest';
import { plainText } from './plain-text.ts';

const names = {
  user: (id: string) => ({ 1: 'Mirela' })[id],
  role: (id: string) => ({ 2: 'Choir' })[id],
  channel: (id: string) => ({ 3: 'general' })[id],
};

test('marks are read as what they stand for', () => {
  expect(plainText('<@1> and <@&2> in <#3> <:note:44> <a:spin:5>', names)).toBe(
    '@Mirela and @Choir in #general :note: :spin:',
  );
  expect(plainText('<@7> <@&7> <#7> <b>', names)).toBe('@somebody @role #channel <b>');
});
