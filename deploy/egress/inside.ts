import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Process } from '../testing/process.ts';
import { live, logIn } from '../upgrade/live.ts';

/**
 * Run in a network of its own, which leads nowhere: starts the product, does what people do, and says
 * how often anything wanted to go out.
 */

const PORT = 3000;
const url = `http://127.0.0.1:${PORT}`;
/** A public address; what is private or reserved is not looked at in any network. */
const OUTSIDE = 'http://1.1.1.1/';
const LOOKS_WITHIN_MS = 10_000;

execFileSync('ip', ['link', 'set', 'lo', 'up']);
const dataDir = mkdtempSync(join(tmpdir(), 'harmonium-egress-'));
const product = new Process(
  ['--max-semi-space-size=8', 'harmonium.ts', '--no-page'],
  {
    PORT: String(PORT),
    DATA_DIR: dataDir,
    SFU_WORKERS: '1',
    MEDIASOUP_ANNOUNCED_IP: '127.0.0.1',
    RATE_LIMIT_SCALE: '100',
  },
  // All parts are well, voice among them.
  `${url}/health`,
);
try {
  await product.start();
  const { channelId, drained } = await live({
    apiUrl: url,
    roomsUrl: url,
    stored: async () => Infinity,
    stopApi: async () => {},
  });
  const quiet = attempts();
  const { call } = await logIn(url, 'Mirela');
  const params = { id: channelId };
  await call('POST /api/channels/:id/messages', { params, body: { content: OUTSIDE } });
  const end = Date.now() + LOOKS_WITHIN_MS;
  while (attempts() === quiet && Date.now() < end) await sleep(50);
  const { code } = await product.stop();
  const told = { messages: drained.length, quiet, withLink: attempts() - quiet, code };
  process.stdout.write(JSON.stringify(told));
} finally {
  await product.stop('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
}

/** Packets for which there was no way, and questions to name servers that nobody answered. */
function attempts(): number {
  const file = readFileSync('/proc/net/snmp', 'utf8');
  const six = /Ip6OutNoRoutes\s+(\d+)/.exec(readFileSync('/proc/net/snmp6', 'utf8'))?.[1];
  return counterIn(file, 'Ip', 'OutNoRoutes') + counterIn(file, 'Udp', 'NoPorts') + Number(six);
}

/** The file has two lines for each protocol: names, and numbers. */
function counterIn(file: string, protocol: string, name: string): number {
  const lines = file.split('\n').filter((line) => line.startsWith(`${protocol}: `));
  const [names, numbers] = lines.map((line) => line.split(' '));
  return Number(numbers?.[names?.indexOf(name) ?? -1]);
}
