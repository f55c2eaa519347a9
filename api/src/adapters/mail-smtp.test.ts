import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSmtp } from '../../testing/smtp.ts';
import type { SmtpService, TakenLetter } from '../../testing/smtp.ts';
import { testMail } from '../mail.suite.ts';
import { createSmtpMail } from './mail-smtp.ts';

const account = { user: 'harmonium', pass: 'a secret for tests only' };
const from = 'Harmonium <chat@example.org>';
let server: SmtpService;
let guarded: SmtpService;
beforeAll(async () => {
  [server, guarded] = await Promise.all([startSmtp(), startSmtp(account)]);
});
beforeEach(() => {
  for (const { taken } of [server, guarded]) taken.length = 0;
});
afterAll(() => Promise.all([server.close(), guarded.close()]));

const letter = {
  to: 'ada@example.org',
  subject: 'Hello',
  text: 'plain words',
  html: '<p>marked-up words</p>',
};

testMail('SMTP', () => ({
  mail: createSmtpMail({ ...server, from }),
  arrived: () => server.taken.map((taken) => ({ to: taken.to, text: readable(taken) })),
}));

describe('letters over SMTP', () => {
  it('come from the sender that was set, as text and as HTML, and ask for no answer', async () => {
    await createSmtpMail({ ...server, from }).send(letter);
    const [taken] = server.taken;
    expect(taken?.from).toBe('chat@example.org');
    expect(taken?.raw).toMatch(/^From: Harmonium <chat@example.org>\r?$/m);
    expect(taken?.raw).toMatch(/^Auto-Submitted: auto-generated\r?$/m);
    expect(taken?.raw).toContain('text/plain');
    expect(taken?.raw).toContain('text/html');
    expect(taken?.raw).toContain('plain words');
    expect(taken?.raw).toContain('marked-up words');
  });

  it('go through a server that asks who sends', async () => {
    await createSmtpMail({ ...guarded, ...account, from }).send(letter);
    expect(guarded.taken).toHaveLength(1);
    const stranger = createSmtpMail({ ...guarded, ...account, pass: 'wrong', from });
    await expect(stranger.send(letter)).rejects.toThrow('Invalid login');
  });

  it('that nobody takes are told as failed', async () => {
    server.refuse('no room');
    const mail = createSmtpMail({ ...server, from });
    await expect(mail.send(letter)).rejects.toThrow(/no room/);
    server.refuse(undefined);
    const away = createSmtpMail({ host: '127.0.0.1', port: 1, from });
    await expect(away.send(letter)).rejects.toThrow('ECONNREFUSED');
  });
});

/** A letter with its transfer encodings undone (RFC 2045, RFC 2047). */
function readable({ raw }: TakenLetter): string {
  const end = raw.indexOf('\r\n\r\n');
  const headers = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .replace(/\?= =\?UTF-8\?Q\?/gi, '')
    .replace(/=\?UTF-8\?Q\?([^?]*)\?=/gi, (_, words: string) =>
      unquoted(words).replaceAll('_', ' '),
    );
  return `${headers}\n${unquoted(raw.slice(end).replace(/=\r\n/g, ''))}`;
}

function unquoted(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
