import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { prepareWorker } from '../../sfu/worker/prepare-worker.ts';

/** What `main.ts` runs in the network of its own: names, an authority that browsers trust, the suite. */

const root = join(import.meta.dirname, '..', '..');
const ADDRESS = '10.77.0.1';
const NAMES = ['web', 'api', 'rooms', 'sfu', 'postgres', 'redis', 'caddy', 's3'];
const NOBODY = 65_534;
/** What people do. What breaks (`chaos/`) is tried without a front. */
const SUITE = globSync('e2e/{*,deploy/*}.e2e.ts', { cwd: root });

const folder = mkdtempSync(join(tmpdir(), 'harmonium-deploy-'));
chmodSync(folder, 0o755);
const home = join(folder, 'home');
const caddyData = join(folder, 'caddy');

try {
  makeNetwork();
  const authority = await makeAuthority();
  // The image has the page: its services cannot write one.
  execFileSync(process.execPath, ['web/node/main.ts'], { cwd: root, stdio: 'inherit' });
  const asked = process.argv.slice(2);
  const suite = asked.length > 0 ? asked : SUITE;
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'e2e', ...suite], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      PRODUCT: 'compose',
      ANNOUNCED: ADDRESS,
      WORKER: await voiceWorker(),
      CADDY_DATA: caddyData,
      HOME: home,
      NODE_EXTRA_CA_CERTS: authority,
    },
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Voice takes no loopback address: a cable that leads nowhere has another. */
function makeNetwork(): void {
  const hosts = join(folder, 'hosts');
  writeFileSync(hosts, `127.0.0.1 localhost ${NAMES.join(' ')}\n`);
  execFileSync('mount', ['--bind', hosts, '/etc/hosts']);
  // As in a container: Caddy takes 80 and 443 without being root.
  writeFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', '0');
  for (const line of [
    'link set lo up',
    'link add cable type veth peer name end',
    `address add ${ADDRESS}/24 dev cable`,
    'link set cable up',
    'link set end up',
  ]) {
    execFileSync('ip', line.split(' '));
  }
}

/** Caddy makes its authority at its first start. @returns the authority's certificate */
async function makeAuthority(): Promise<string> {
  mkdirSync(caddyData);
  chownSync(caddyData, NOBODY, NOBODY);
  const certificate = join(caddyData, 'caddy/pki/authorities/local/root.crt');
  const caddy = spawn('caddy', ['run', '--config', 'deploy/Caddyfile', '--adapter', 'caddyfile'], {
    cwd: root,
    stdio: 'ignore',
    uid: NOBODY,
    gid: NOBODY,
    env: {
      PATH: process.env['PATH'],
      XDG_DATA_HOME: caddyData,
      XDG_CONFIG_HOME: caddyData,
      SITE: 'localhost',
      ACME_EMAIL: 'admin@localhost',
      MAX_UPLOAD_SIZE: '1',
    },
  });
  for (let tries = 0; !existsSync(certificate) && tries < 300; tries += 1) await sleep(100);
  caddy.kill();

  const database = join(home, '.pki/nssdb');
  mkdirSync(database, { recursive: true });
  const trust = ['-A', '-d', `sql:${database}`, '-n', 'local', '-t', 'C,,', '-i', certificate];
  execFileSync('certutil', ['-N', '-d', `sql:${database}`, '--empty-password']);
  execFileSync('certutil', trust);
  return certificate;
}

/** As in the image: a program of its own that everybody may run. */
async function voiceWorker(): Promise<string> {
  const worker = await prepareWorker({ log: console.log });
  if (!worker.ok) throw new Error(`${worker.reason} To mend it: ${worker.mend}`);
  const bin = join(folder, 'mediasoup-worker');
  copyFileSync(worker.bin, bin);
  chmodSync(bin, 0o755);
  return bin;
}
