import { expect, test } from 'vitest';
import { testMail } from '../mail.suite.ts';
import { createConsoleMail } from './mail-console.ts';

function open() {
  const lines: string[] = [];
  const arrived = () =>
    lines.map((text) => ({ to: [/^Mail for (\S+),/.exec(text)?.[1] ?? ''], text }));
  return { mail: createConsoleMail((line) => lines.push(line)), arrived };
}

testMail('console', open);

test('a letter that leads nowhere is not shown', async () => {
  const { mail, arrived } = open();
  await mail.send({ to: 'ada@example.org', subject: 'Changed', text: '', html: '' });
  expect(arrived()).toEqual([]);
});

test('a letter is one line, whatever is in it', async () => {
  const { mail, arrived } = open();
  const link = 'https://chat.example';
  await mail.send({
    to: 'a@example.org',
    subject: 'x\nfatal: all is lost',
    text: '',
    html: '',
    link,
  });
  expect(arrived()[0]?.text).not.toContain('\n');
});
