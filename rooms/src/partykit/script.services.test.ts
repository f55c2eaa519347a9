import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { partyScript } from '../testing/party-script.ts';

/** Compressed; as much as the rooms may have on Cloudflare (deploy/edge/docs.services.test.ts). */
const LARGEST_KB = 400;

it('the rooms: built for PartyKit as they would be deployed', async () => {
  const script = await partyScript();
  const kb = Math.round(gzipSync(script).length / 1024);
  process.stdout.write(`partykit.json: ${kb} KB compressed\n`);
  expect(kb).toBeLessThan(LARGEST_KB);
  expect(script).toMatch(/export \{\s*\w+ as default,\s*server,\s*user\s*\};\s*$/);
}, 60_000);
