import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const page = readFileSync(join(import.meta.dirname, '../../docs/edge.md'), 'utf8');

/** What docs/edge.md tells people to type, in its order. */
export const commands = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = '']) =>
  block.trim().split('\n'),
);

/** Every command there may be, by how it is tried: docs.services.test.ts does. */
const KINDS = {
  /** Only where the clone came from can tell. */
  elsewhere: /^git pull$/,
  install: /^npm ci$/,
  deploy: /^npx wrangler deploy( --dry-run)?( --config rooms\/wrangler\.toml)?$/,
  account: /^npx wrangler (login|tail|secret put [A-Z0-9_]+( --config rooms\/wrangler\.toml)?)$/,
  runs: /^JWT_SECRET=\S+ ROOMS_URL=\S+ MEDIASOUP_ANNOUNCED_IP=\S+ node sfu\/src\/main\.ts$/,
};

export const commandsOf = (kind: keyof typeof KINDS): string[] =>
  commands.filter((line) => KINDS[kind].test(line));

/** Whether anybody tries it. */
export const isTried = (line: string): boolean =>
  Object.values(KINDS).some((kind) => kind.test(line));
