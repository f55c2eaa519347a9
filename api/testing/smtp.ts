import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';

/** A letter as a mail server was given it. */
export interface TakenLetter {
  from: string;
  to: string[];
  /** As it came over the wire. */
  raw: string;
}

/** A mail server on this machine that takes what it is given. */
export interface SmtpService {
  host: string;
  port: number;
  taken: TakenLetter[];
  /** Letters refused from now on, with these words. */
  refuse(words: string | undefined): void;
  close(): Promise<void>;
}

/** @param account who may send; absent: anyone */
export async function startSmtp(account?: { user: string; pass: string }): Promise<SmtpService> {
  const taken: TakenLetter[] = [];
  let refusal: string | undefined;
  const server = new SMTPServer({
    authOptional: account === undefined,
    allowInsecureAuth: true,
    disabledCommands: account === undefined ? ['AUTH', 'STARTTLS'] : ['STARTTLS'],
    disableReverseLookup: true,
    onAuth({ username, password }, _, done) {
      const isRight = username === account?.user && password === account?.pass;
      if (isRight) done(null, { user: username });
      else done(new Error('wrong account'));
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (refusal !== undefined) return done(new Error(refusal));
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        taken.push({ from, to, raw: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  // A client that goes away in the middle is no matter of ours.
  server.on('error', () => {});
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    host: '127.0.0.1',
    port: address.port,
    taken,
    refuse: (words) => (refusal = words),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
