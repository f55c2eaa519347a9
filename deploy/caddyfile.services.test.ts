import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const file = join(import.meta.dirname, 'Caddyfile');

test.each([{ SITE: 'http://' }, { SITE: 'chat.example.org' }])(
  'Caddy takes the Caddyfile for $SITE',
  (site) => {
    const env = {
      ...process.env,
      ...site,
      ACME_EMAIL: 'admin@example.org',
      MAX_UPLOAD_SIZE: '10485760',
    };
    const validate = ['validate', '--config', file, '--adapter', 'caddyfile'];
    expect(() => execFileSync('caddy', validate, { env, stdio: 'pipe' })).not.toThrow();
  },
);
