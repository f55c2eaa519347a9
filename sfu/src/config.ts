import { z } from 'zod';
import type { TurnServers } from './node/turn-credentials.ts';

const Port = z.coerce.number().int().min(1).max(65_535);

const HttpUrl = z.url({ protocol: /^https?$/ });

const Environment = z.object({
  JWT_SECRET: z.string().min(16),
  ROOMS_URL: z.url(),
  API_URL: HttpUrl.optional(),
  SFU_NODE_URL: HttpUrl.optional(),
  SFU_PUBLIC_URL: HttpUrl.optional(),
  PORT: Port.default(3003),
  MEDIASOUP_ANNOUNCED_IP: z.string().min(1).optional(),
  SFU_PORT: Port.default(40_000),
  METRICS_TOKEN: z.string().min(16).optional(),
  TURN_URLS: z.string().optional(),
  TURN_SECRET: z.string().optional(),
  SFU_WORKERS: z.coerce.number().int().min(1).max(64).optional(),
  SFU_STAGE: z.coerce.number().int().min(1).max(8).default(3),
});

/** Workers when SFU_WORKERS is not given, at most. */
const MAX_DEFAULT_WORKERS = 4;

export interface SfuConfig {
  secret: string;
  roomsUrl: string;
  httpPort: number;
  announcedIp: string | undefined;
  port: number;
  workers: number;
  /** Voices that a large call forwards. */
  stage: number;
  metricsToken: string | undefined;
  turn: TurnServers | undefined;
  /** Absent: the api knows of this node by itself. */
  registration: { apiUrl: string; internalUrl: string; publicUrl: string | undefined } | undefined;
}

/** Throws one clear line when a value is missing or wrong. */
export function readConfig(env: Record<string, string | undefined>, cores: number): SfuConfig {
  // A line like `SFU_WORKERS=` in an .env file means: not given.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${issue?.path.join('.')} is not usable: ${issue?.message}.`);
  }
  const { data } = parsed;
  return {
    secret: data.JWT_SECRET,
    roomsUrl: trimmed(data.ROOMS_URL),
    httpPort: data.PORT,
    announcedIp: data.MEDIASOUP_ANNOUNCED_IP,
    port: data.SFU_PORT,
    metricsToken: data.METRICS_TOKEN,
    turn: readTurn(data),
    registration: readRegistration(data),
    stage: data.SFU_STAGE,
    workers: data.SFU_WORKERS ?? Math.min(cores, MAX_DEFAULT_WORKERS),
  };
}

function readTurn(data: z.output<typeof Environment>): TurnServers | undefined {
  const { TURN_URLS: urls, TURN_SECRET: secret } = data;
  if (urls === undefined && secret === undefined) return undefined;
  if (urls === undefined) throw new Error('TURN_URLS is missing.');
  if (secret === undefined) throw new Error('TURN_SECRET is missing.');
  return { urls: urls.split(/[\s,]+/).filter((url) => url !== ''), secret };
}

function readRegistration(data: z.output<typeof Environment>): SfuConfig['registration'] {
  const { API_URL: apiUrl, SFU_NODE_URL: internalUrl, SFU_PUBLIC_URL: publicUrl } = data;
  // Where it is reached means nothing without somebody to say it to; an api that is one for rooms
  // alone, in an environment they share, means nothing here.
  if (internalUrl === undefined) {
    if (publicUrl !== undefined) throw new Error('SFU_NODE_URL is missing.');
    return undefined;
  }
  if (apiUrl === undefined) throw new Error('API_URL is missing.');
  return {
    apiUrl: trimmed(apiUrl),
    internalUrl: trimmed(internalUrl),
    publicUrl: publicUrl && trimmed(publicUrl),
  };
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, '');
}
