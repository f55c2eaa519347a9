import { createTransport } from 'nodemailer';
import type { Mail } from '../mail.ts';

export interface SmtpOptions {
  host: string;
  port: number;
  user?: string;
  pass?: string;
  /** `Name <address>`, or an address. */
  from: string;
}

/** The port that speaks TLS from the first byte; on others it is asked for (STARTTLS). */
const TLS_PORT = 465;
/** A mail server that takes longer is away, in milliseconds. */
const TIMEOUT_MS = 15_000;
const LOOPBACK = /^(localhost|127\..*|::1)$/;

/** Letters over SMTP. */
export function createSmtpMail({ host, port, user, pass, from }: SmtpOptions): Mail {
  const transport = createTransport({
    host,
    port,
    secure: port === TLS_PORT,
    // A password never travels in the clear, except within this machine.
    requireTLS: user !== undefined && port !== TLS_PORT && !LOOPBACK.test(host),
    ...(user !== undefined && { auth: { user, pass: pass ?? '' } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // Letters are made of text alone: nothing in them may name a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text, html }) {
      await transport.sendMail({
        from,
        // As an object it is one address, never a list of them.
        to: { name: '', address: to },
        subject,
        text,
        html,
        // Out-of-office robots need not answer.
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    },
  };
}
