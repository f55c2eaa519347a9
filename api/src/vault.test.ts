import { expect, test } from 'vitest';
import { createVault } from './vault.ts';

const vault = createVault('a secret for tests only');

test('what was sealed opens again for the same owner, in any process', async () => {
  const sealed = await vault.seal('JBSWY3DP', '1');
  expect(await createVault('a secret for tests only').open(sealed, '1')).toBe('JBSWY3DP');
});

test('the same text is never sealed alike, and says nothing of itself', async () => {
  const [first, second] = [await vault.seal('JBSWY3DP', '1'), await vault.seal('JBSWY3DP', '1')];
  expect(first).not.toBe(second);
  expect(first).not.toContain('JBSWY3DP');
});

test('it does not open for another owner, under another secret, or altered', async () => {
  const sealed = await vault.seal('JBSWY3DP', '1');
  const altered = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
  await expect(vault.open(sealed, '2')).rejects.toThrow(/operation/);
  await expect(createVault('another secret').open(sealed, '1')).rejects.toThrow(/operation/);
  await expect(vault.open(altered, '1')).rejects.toThrow(/operation/);
  await expect(vault.open('plain', '1')).rejects.toThrow('unknown way');
});
