import type { ServiceTokens } from '@harmonium/api/service-token';
import type { TicketKeys } from '@harmonium/api/ticket';
import { createSnowflakes } from '@harmonium/api/ids';
import type { Environment } from '../config.ts';
import type { Deps } from '../deps.ts';
import { instanceFacts } from '../instance/facts.ts';
import { hasOwner } from '../instance/owner.ts';
import type { Mail } from '../mail.ts';
import { SWEEP_INTERVAL_MS, sweep } from '../instance/sweep.ts';
import { indexPast } from '../search/index-past.ts';
import { createAccessTokens } from '../sessions/access-token.ts';
import { createRefreshTokens } from '../sessions/refresh-token.ts';
import type { Backends } from './backends-node.ts';
import type { PreviewSources } from '../previews/read-preview.ts';
import { createVault } from '../vault.ts';
import { createNodeClient } from './client-node.ts';
import { createSharpImages } from './images-sharp.ts';
import { createConsoleMail } from './mail-console.ts';
import { createSmtpMail } from './mail-smtp.ts';
import { createScryptPasswords } from './passwords-scrypt.ts';
import type { Secrets } from './secrets-file.ts';
import { createSharpShrink } from './shrink-sharp.ts';
import { createNodeWeb } from './web-node.ts';

interface NodeDepsOptions extends Pick<
  Deps,
  'rooms' | 'sfus' | 'now' | 'log' | 'currentRequest' | 'meter' | 'background'
> {
  environment: Environment;
  secrets: Secrets;
  backends: Backends;
  tickets: TicketKeys;
  serviceTokens: ServiceTokens;
  version: string;
  /** Of this process, 0 to 1023: no two that share a database have the same. */
  snowflakeNode: number;
}

/** What every api on Node reaches, whether it shares its process with rooms and sfu or not. */
export function createNodeDeps(options: NodeDepsOptions): Deps {
  const { environment, secrets, backends, rooms, sfus, tickets, serviceTokens, now, log, meter } =
    options;
  return {
    database: backends.database,
    cache: backends.cache,
    files: backends.files,
    images: createSharpImages(),
    rooms,
    sfus,
    mail: openMail(environment),
    passwords: createScryptPasswords(),
    previews: environment.linkPreviews ? openPreviews(options.version) : undefined,
    vault: createVault(secrets.jwt),
    accessTokens: createAccessTokens(secrets.jwt, now),
    refreshTokens: createRefreshTokens(secrets.refresh),
    tickets,
    serviceTokens,
    ids: createSnowflakes({ node: options.snowflakeNode, now }),
    now,
    log,
    currentRequest: options.currentRequest,
    meter,
    client: createNodeClient(environment),
    instance: instanceFacts(environment, options.version),
    uploadQuota: environment.uploadQuota,
    rateLimitScale: environment.rateLimitScale,
    ownerCode: secrets.ownerCode,
    background: options.background,
  };
}

function openMail({ smtp }: Environment): Mail {
  return smtp === undefined ? createConsoleMail() : createSmtpMail(smtp);
}

function openPreviews(version: string): PreviewSources {
  const userAgent = `Mozilla/5.0 (compatible; Harmonium/${version}; link previews)`;
  return { web: createNodeWeb({ userAgent }), shrink: createSharpShrink() };
}

/** Where somebody becomes owner of the instance; undefined once somebody is. */
export async function ownerLink(deps: Deps, { clientUrl, port }: Environment) {
  if (await hasOwner(deps.database.db)) return undefined;
  return `${clientUrl ?? `http://localhost:${port}`}/register?owner=${deps.ownerCode}`;
}

/** Sweeps now and then, each time under an id as a request has one. @returns stops it */
export function keepSwept(deps: Deps): () => void {
  const run = (work: typeof sweep) =>
    void deps.currentRequest.run(crypto.randomUUID(), () => work(deps));
  run(indexPast);
  const timer = setInterval(() => run(sweep), SWEEP_INTERVAL_MS);
  return () => clearInterval(timer);
}
