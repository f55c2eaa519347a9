import { describe, expect, it } from 'vitest';
import type { Mail } from './mail.ts';

/** What arrived, as its reader sees it. */
export interface Arrived {
  to: string[];
  /** Everything that can be read. */
  text: string;
}

/** The rules of `mail.ts`. @param open a way to send, and what has arrived by it so far */
export function testMail(name: string, open: () => { mail: Mail; arrived: () => Arrived[] }) {
  describe(`mail: ${name}`, () => {
    const letter = {
      to: 'ada@example.org',
      subject: 'A new password',
      text: 'Hello Ada,\n\nhttps://chat.example/reset?token=abc_DEF-123\n',
      html: '<p>Hello Ada</p>',
      link: 'https://chat.example/reset?token=abc_DEF-123',
    };

    it('brings a letter with its link to the one it is for', async () => {
      const { mail, arrived } = open();
      await mail.send(letter);
      const [only, ...others] = arrived();
      expect(others).toEqual([]);
      expect(only?.to).toEqual(['ada@example.org']);
      expect(only?.text).toContain('A new password');
      expect(only?.text).toContain('https://chat.example/reset?token=abc_DEF-123');
    });

    it('brings letters of any script', async () => {
      const { mail, arrived } = open();
      await mail.send({ ...letter, subject: 'Ein neues Paßwort für Ödön 👋' });
      expect(arrived()[0]?.text).toContain('Ein neues Paßwort für Ödön 👋');
    });

    it('makes no header and no second reader of what a letter says', async () => {
      const { mail, arrived } = open();
      await mail.send({ ...letter, subject: 'Hi\r\nBcc: eve@example.org\r\n\r\nyour account' });
      const [only, ...others] = arrived();
      expect(others).toEqual([]);
      expect(only?.to).toEqual(['ada@example.org']);
      expect(only?.text).not.toMatch(/^Bcc:/im);
    });

    it('brings many at once', async () => {
      const { mail, arrived } = open();
      const people = Array.from({ length: 10 }, (_, index) => `person-${index}@example.org`);
      await Promise.all(people.map((to) => mail.send({ ...letter, to })));
      const readers = arrived().flatMap(({ to }) => to);
      expect(readers.toSorted()).toEqual(people.toSorted());
    });
  });
}
