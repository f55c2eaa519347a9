import type { InstanceConfig } from '@harmonium/api/config';
import type { SnowflakeSource } from '@harmonium/api/ids';
import type { ServiceTokens } from '@harmonium/api/service-token';
import type { TicketKeys } from '@harmonium/api/ticket';
import type { Cache } from './cache.ts';
import type { CurrentRequest } from './current-request.ts';
import type { OpenDatabase } from './db/database.ts';
import type { Files } from './files.ts';
import type { Images } from './images.ts';
import type { Log } from './log.ts';
import type { Mail } from './mail.ts';
import type { Meter } from './meter.ts';
import type { Passwords } from './passwords.ts';
import type { PreviewSources } from './previews/read-preview.ts';
import type { Rooms } from './rooms.ts';
import type { AccessTokens } from './sessions/access-token.ts';
import type { RefreshTokens } from './sessions/refresh-token.ts';
import type { Sfus } from './sfus.ts';
import type { Vault } from './vault.ts';

/** Everything a request may reach. */
export interface Deps {
  database: OpenDatabase;
  cache: Cache;
  files: Files;
  images: Images;
  rooms: Rooms;
  sfus: Sfus;
  mail: Mail;
  passwords: Passwords;
  /** Absent: nobody looks at what messages link to. */
  previews?: PreviewSources | undefined;
  /** For the secrets of second factors. */
  vault: Vault;
  accessTokens: AccessTokens;
  refreshTokens: RefreshTokens;
  tickets: TicketKeys;
  serviceTokens: ServiceTokens;
  ids: SnowflakeSource;
  /** Milliseconds since the Unix epoch. */
  now: () => number;
  log: Log;
  /** For whom that is which is logged, and asked of other services. */
  currentRequest: CurrentRequest;
  meter: Meter;
  client: ClientFacts;
  /**
   * What the environment says; its owner's `settings` go over it. Voice is asked of `sfus`, features
   * follow from what there is here.
   */
  instance: Omit<InstanceConfig, 'voice' | 'voiceReason' | 'features'>;
  /** Bytes of files that one user, and everyone together, may have stored; 0: no end. */
  uploadQuota: { user: number; instance: number };
  /** Multiplies every rate limit. */
  rateLimitScale: number;
  /** Makes the first account that names it owner of the instance, once. */
  ownerCode?: string;
  /** Keeps work going after its request was answered (a Worker has to be told). */
  background: (work: Promise<void>) => void;
}

/** Who is at the other end, behind whatever proxies there are. `bindings` is the runtime's own. */
export interface ClientFacts {
  /** The address a rate limit can be keyed by. */
  address(request: Request, bindings: unknown): string;
  /** The origin in the client's address bar. */
  origin(request: Request, bindings: unknown): string;
}
