import { html } from 'hono/html';
import type { Letter } from '../mail.ts';

/** Everything that is said by mail. */

/** Who writes, and to whom. */
interface About {
  /** The instance's name. */
  instance: string;
  /** Where it is. */
  origin: string;
  username: string;
  to: string;
}

export function verificationLetter(about: About, token: string): Promise<Letter> {
  return compose(about, {
    subject: `Confirm your address for ${about.instance}`,
    lines: ['Please confirm that this address is yours. The link works for 24 hours.'],
    action: { words: 'Confirm address', link: linkTo(about, 'verify', token) },
    end: 'You did not ask for this? Then nothing has to be done: without you it is not confirmed.',
  });
}

export function resetLetter(about: About, token: string): Promise<Letter> {
  return compose(about, {
    subject: `A new password for ${about.instance}`,
    lines: [
      'Set a new password with this link. It works once, for one hour, and logs you out everywhere.',
    ],
    action: { words: 'Set a new password', link: linkTo(about, 'reset', token) },
    end: 'You did not ask for this? Then nothing has to be done: your password stays as it is.',
  });
}

export function addressChangedLetter(about: About): Promise<Letter> {
  return compose(about, {
    subject: `Your address for ${about.instance} was changed`,
    lines: ['From now on we write to another address, and this one no longer logs you in.'],
    end: 'That was not you? Log in by your name, change your password, and tell whoever runs this place.',
  });
}

export function passwordChangedLetter(about: About): Promise<Letter> {
  return compose(about, {
    subject: `Your password for ${about.instance} was changed`,
    lines: ['Your password was changed, and every other device was logged out.'],
    end: 'That was not you? Set a new one with "Forgot password?" on the login page.',
  });
}

interface Content {
  subject: string;
  lines: string[];
  action?: { words: string; link: string };
  end: string;
}

async function compose(about: About, { subject, lines, action, end }: Content): Promise<Letter> {
  const { instance, origin, username, to } = about;
  const hello = `Hello ${username},`;
  const link = action?.link;
  const text = [
    hello,
    ...lines,
    ...(link === undefined ? [] : [link]),
    end,
    `${instance}\n${origin}`,
  ];
  const page = html`<!doctype html>
    <html lang="en">
      <body style="font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:0 auto;padding:1rem">
        <p>${hello}</p>
        ${lines.map((line) => html`<p>${line}</p>`)}
        ${
          action &&
          html`<p>
              <a
                href="${action.link}"
                style="display:inline-block;padding:.6rem 1.2rem;border-radius:.4rem;background:#8a6a2f;color:#fff;text-decoration:none"
                >${action.words}</a
              >
            </p>
            <p style="word-break:break-all">${action.link}</p>`
        }
        <p>${end}</p>
        <p><a href="${origin}">${instance}</a></p>
      </body>
    </html>`;
  return {
    to,
    subject,
    text: text.join('\n\n'),
    html: String(await page),
    ...(link !== undefined && { link }),
  };
}

/** The page of the app that takes the token. */
function linkTo({ origin }: About, page: 'verify' | 'reset', token: string): string {
  return `${origin}/${page}?token=${token}`;
}
