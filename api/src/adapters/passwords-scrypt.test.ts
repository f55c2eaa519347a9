import { expect, test } from 'vitest';
import { createScryptPasswords } from './passwords-scrypt.ts';

const cheap = createScryptPasswords({ N: 16, r: 1, p: 1 });

test('the right password opens, any other does not', async () => {
  const hash = await cheap.hash('correct horse');
  expect(await cheap.verify('correct horse', hash)).toBe(true);
  expect(await cheap.verify('correct horsf', hash)).toBe(false);
  expect(await cheap.verify('', hash)).toBe(false);
});

test('two hashes of one password differ, and name what they cost', async () => {
  const hashes = [await cheap.hash('same'), await cheap.hash('same')];
  expect(hashes[0]).not.toBe(hashes[1]);
  expect(hashes[0]).toMatch(/^scrypt\$16\$1\$1\$/);
});

test('a hash made at another cost still opens', async () => {
  const dearer = createScryptPasswords({ N: 32, r: 2, p: 2 });
  expect(await dearer.verify('correct horse', await cheap.hash('correct horse'))).toBe(true);
});

test('the same letters typed another way are the same password', async () => {
  const hash = await cheap.hash('caf\u00e9');
  expect(await cheap.verify('cafe\u0301', hash)).toBe(true);
});

test('without a hash it is no, at the price of a hash', async () => {
  const usual = createScryptPasswords();
  const hash = await usual.hash('correct horse');
  const time = async (stored: string | undefined) => {
    const start = performance.now();
    expect(await usual.verify('wrong', stored)).toBe(false);
    return performance.now() - start;
  };
  expect(await time(undefined)).toBeGreaterThan((await time(hash)) / 5);
});
