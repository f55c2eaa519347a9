import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { endWithUs } from '../../../api/testing/end-with-us.ts';
import { PARTYKIT, ROOT } from './edge-rooms.ts';

/**
 * What `partykit deploy` makes of partykit.json. It has no dry run: it sends what it built to whoever
 * says to be PartyKit.
 */
export async function partyScript(): Promise<string> {
  const sent = Promise.withResolvers<string>();
  const vendor = createServer((request, response) => {
    if (request.method === 'POST') void codeOf(request).then(sent.resolve, sent.reject);
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(vendor, 'listening');
  const { port } = vendor.address() as AddressInfo; // It listens to a port.

  const program = spawn(process.execPath, [PARTYKIT, 'deploy'], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NO_UPDATE_NOTIFIER: '1',
      PARTYKIT_API_BASE: `http://127.0.0.1:${port}`,
      GITHUB_LOGIN: 'nobody',
      GITHUB_TOKEN: 'none',
    },
  });
  endWithUs(program);
  let said = '';
  for (const stream of [program.stdout, program.stderr]) {
    stream.on('data', (text) => (said += String(text)));
  }
  program.once('exit', () => sent.reject(new Error(`partykit deploy ended:\n${said}`)));
  try {
    return await sent.promise;
  } finally {
    program.kill('SIGKILL');
    vendor.closeAllConnections();
    vendor.close();
  }
}

async function codeOf(request: IncomingMessage): Promise<string> {
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const form = await new Response(await buffer(request), { headers }).formData();
  const code = form.get('code');
  if (typeof code !== 'string') throw new Error(`No script was sent to ${request.url}.`);
  return code;
}
