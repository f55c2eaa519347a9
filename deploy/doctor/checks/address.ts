import { lookup } from 'node:dns/promises';
import { WebSocket } from 'ws';
import { bad, ok, warn, wordsOf, type Check, type Finding } from '../finding.ts';
import { healthAt } from './running.ts';

const ANSWER_WITHIN_MS = 5_000;
const AT_HOME = new Set(['localhost', '127.0.0.1', '[::1]']);

/** How people come here: their browsers give the microphone to HTTPS and to this machine only. */
export const publicAddress: Check = async ({ environment: { clientUrl }, health }) => {
  if (clientUrl === undefined) {
    return [
      warn(
        'address',
        'CLIENT_URL is not given: only this machine can use voice, and links in mails lead nowhere.',
        'For others set CLIENT_URL to an https address that leads here.',
      ),
    ];
  }
  const { protocol, hostname } = new URL(clientUrl);
  const findings: Finding[] = [];
  if (protocol !== 'https:' && !AT_HOME.has(hostname)) {
    findings.push(
      bad(
        'https',
        `${clientUrl} is no https: browsers give nobody a microphone there.`,
        'Put a server with a certificate in front (docs/self-hosting.md has Caddy do it).',
      ),
    );
  }
  if (health === undefined) return findings;
  return [...findings, ...(await throughTheFront(clientUrl, hostname))];
};

async function throughTheFront(clientUrl: string, hostname: string): Promise<Finding[]> {
  try {
    await lookup(hostname);
  } catch (error) {
    return [bad('address', `${hostname}: ${wordsOf(error)}`, 'Make a DNS record that leads here.')];
  }
  if ((await healthAt(clientUrl)) === undefined) {
    return [
      bad(
        'address',
        `${clientUrl}/health is not answered by Harmonium.`,
        'Check the DNS record, the port in the firewall, the certificate, and what stands in front.',
      ),
    ];
  }
  try {
    await openRoomSocket(clientUrl);
    return [ok('address', `${clientUrl} leads here, sockets too`)];
  } catch (error) {
    return [
      bad(
        'sockets',
        `${clientUrl} answers, but lets no WebSocket through: ${wordsOf(error)}`,
        'Let what stands in front pass "Upgrade" on /parties and /sfu.',
      ),
    ];
  }
}

/** A room closes a socket without a ticket with a code of its own: then the way is open. */
function openRoomSocket(clientUrl: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const url = `${clientUrl.replace(/^http/, 'ws')}/parties/main/1`;
    const socket = new WebSocket(url, { handshakeTimeout: ANSWER_WITHIN_MS });
    socket.once('open', () => {
      socket.close();
      resolve();
    });
    socket.once('error', reject);
  });
}
