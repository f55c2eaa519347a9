import { RegistrationMode } from '@harmonium/api/config';
import { THEMES } from '@harmonium/api/themes';
import { MAX_UPLOAD_BYTES } from '@harmonium/api/upload';
import { z } from 'zod';

const Text = z.string().min(1);
const Port = z.coerce.number().int().min(1).max(65_535);
const Secret = z.string().min(16, 'has to have at least 16 characters');
const HttpUrl = z.url({ protocol: /^https?$/, error: 'has to be an http(s) address' });
const Count = z.coerce.number().int().min(1);
const Bytes = z.coerce.number().int().min(0);

const Variables = z.object({
  NODE_ENV: Text.optional(),
  DATA_DIR: Text.default('./data'),
  PORT: Port.default(3000),
  CLIENT_URL: HttpUrl.optional(),
  INSTANCE_NAME: Text.max(100).default('Harmonium'),
  REGISTRATION: RegistrationMode.default('open'),
  DEFAULT_THEME: z.enum(THEMES).default('harmonium'),
  DEFAULT_MODE: z.enum(['dark', 'light', 'system']).default('dark'),
  JWT_SECRET: Secret.optional(),
  JWT_REFRESH_SECRET: Secret.optional(),
  DATABASE_URL: z
    .string()
    .regex(/^(postgres(ql)?:\/\/|pglite:)./, 'has to begin with postgres:// or pglite:')
    .optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'has to begin with redis://' }).optional(),
  UPSTASH_REDIS_REST_URL: HttpUrl.optional(),
  UPSTASH_REDIS_REST_TOKEN: Text.optional(),
  S3_ENDPOINT: HttpUrl.optional(),
  S3_REGION: Text.default('auto'),
  S3_BUCKET: Text.optional(),
  S3_ACCESS_KEY_ID: Text.optional(),
  S3_SECRET_ACCESS_KEY: Text.optional(),
  UPLOAD_DIR: Text.optional(),
  FILES_HOST: HttpUrl.optional(),
  MAX_UPLOAD_SIZE: Count.max(MAX_UPLOAD_BYTES).default(10_485_760),
  UPLOAD_QUOTA_USER: Bytes.default(0),
  UPLOAD_QUOTA: Bytes.default(0),
  ROOMS_URL: HttpUrl.default('http://127.0.0.1:3002'),
  ROOM_PROCESSES: Count.max(64).default(1),
  SFU_URL: HttpUrl.default('http://127.0.0.1:3003'),
  MEDIASOUP_ANNOUNCED_IP: Text.optional(),
  SFU_WORKERS: Count.max(64).optional(),
  SFU_STAGE: Count.max(8).default(3),
  SFU_PORT: Port.default(40_000),
  TURN_URLS: Text.optional(),
  TURN_SECRET: Text.optional(),
  DOMAIN: Text.optional(),
  ACME_EMAIL: z.email().optional(),
  SMTP_HOST: Text.optional(),
  SMTP_PORT: Port.default(587),
  SMTP_USER: Text.optional(),
  SMTP_PASS: Text.optional(),
  SMTP_FROM: Text.optional(),
  RATE_LIMIT_SCALE: z.coerce.number().positive().default(1),
  METRICS_TOKEN: Secret.optional(),
  LINK_PREVIEWS: z.enum(['on', 'off']).default('on'),
  TRUSTED_PROXIES: z.enum(['none', 'loopback', 'private']).default('loopback'),
});
type Variables = z.output<typeof Variables>;

/** The environment, read once at start. */
export interface Environment {
  isProduction: boolean;
  dataDir: string;
  port: number;
  /** Where the app is reached; absent: wherever the request came to. */
  clientUrl?: string;
  instanceName: string;
  registration: z.infer<typeof RegistrationMode>;
  defaultTheme: string;
  defaultMode: 'dark' | 'light' | 'system';
  /** Given in production; else made once and kept in the data folder. */
  jwtSecret?: string;
  jwtRefreshSecret?: string;
  /** `postgres://…` or `pglite:<folder>`. */
  databaseUrl: string;
  redisUrl?: string;
  upstash?: { url: string; token: string };
  s3?: {
    endpoint: string;
    region: string;
    bucket: string;
    accessKeyId: string;
    secretAccessKey: string;
  };
  /** Where browsers send and read files, when it is not where the page is. */
  filesOrigin?: string;
  uploadDir: string;
  /** In bytes. */
  maxUploadSize: number;
  /** In bytes of files, by user and in all; 0: no end. */
  uploadQuota: { user: number; instance: number };
  /** Where the api reaches rooms and sfu when they are processes of their own. */
  roomsUrl: string;
  roomProcesses: number;
  sfuUrl: string;
  /** Where browsers reach voice; absent: at the addresses of this machine. */
  announcedIp?: string;
  sfuWorkers?: number;
  /** Voices that a large call forwards. */
  sfuStage: number;
  sfuPort: number;
  turn?: { urls: string[]; secret: string };
  smtp?: { host: string; port: number; user?: string; pass?: string; from: string };
  rateLimitScale: number;
  /** Whoever shows it may read /metrics; absent: this machine and its private network. */
  metricsToken?: string;
  /** Whether what messages link to is looked at. */
  linkPreviews: boolean;
  /** Whose X-Forwarded-* headers are believed. */
  trustedProxies: 'none' | 'loopback' | 'private';
}

/** Throws one line that names the variable and says what is wrong with it. */
export function readEnvironment(env: Record<string, string | undefined>): Environment {
  // A line like `REDIS_URL=` in an .env file means: not given.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = Variables.safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new Error(`${issue?.path.join('.')} is wrong: ${issue?.message}.`);
  }
  const { data } = read;
  const isProduction = data.NODE_ENV === 'production';
  if (isProduction) requireAll(data, ['JWT_SECRET', 'JWT_REFRESH_SECRET']);
  return {
    isProduction,
    dataDir: data.DATA_DIR,
    port: data.PORT,
    clientUrl: originOf(data.CLIENT_URL),
    instanceName: data.INSTANCE_NAME,
    registration: data.REGISTRATION,
    defaultTheme: data.DEFAULT_THEME,
    defaultMode: data.DEFAULT_MODE,
    jwtSecret: data.JWT_SECRET,
    jwtRefreshSecret: data.JWT_REFRESH_SECRET,
    databaseUrl: data.DATABASE_URL ?? `pglite:${data.DATA_DIR}/pg`,
    redisUrl: data.REDIS_URL,
    upstash: readUpstash(data),
    s3: readS3(data),
    filesOrigin: originOf(data.S3_ENDPOINT ?? data.FILES_HOST),
    uploadDir: data.UPLOAD_DIR ?? `${data.DATA_DIR}/uploads`,
    maxUploadSize: data.MAX_UPLOAD_SIZE,
    uploadQuota: { user: data.UPLOAD_QUOTA_USER, instance: data.UPLOAD_QUOTA },
    roomsUrl: data.ROOMS_URL.replace(/\/+$/, ''),
    roomProcesses: data.ROOM_PROCESSES,
    sfuUrl: data.SFU_URL.replace(/\/+$/, ''),
    announcedIp: data.MEDIASOUP_ANNOUNCED_IP,
    sfuWorkers: data.SFU_WORKERS,
    sfuStage: data.SFU_STAGE,
    sfuPort: data.SFU_PORT,
    turn: readTurn(data),
    smtp: readSmtp(data),
    rateLimitScale: data.RATE_LIMIT_SCALE,
    metricsToken: data.METRICS_TOKEN,
    linkPreviews: data.LINK_PREVIEWS === 'on',
    trustedProxies: data.TRUSTED_PROXIES,
  };
}

function originOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : new URL(url).origin;
}

function readUpstash(data: Variables): Environment['upstash'] {
  const names = ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'] as const;
  if (!isAnyGiven(data, names)) return undefined;
  const [url, token] = requireAll(data, names);
  return { url, token };
}

function readS3(data: Variables): Environment['s3'] {
  const names = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;
  if (!isAnyGiven(data, names)) return undefined;
  const [endpoint, bucket, accessKeyId, secretAccessKey] = requireAll(data, names);
  return { endpoint, region: data.S3_REGION, bucket, accessKeyId, secretAccessKey };
}

function readTurn(data: Variables): Environment['turn'] {
  const names = ['TURN_URLS', 'TURN_SECRET'] as const;
  if (!isAnyGiven(data, names)) return undefined;
  const [urls, secret] = requireAll(data, names);
  return { urls: urls.split(/[\s,]+/).filter((url) => url !== ''), secret };
}

function readSmtp(data: Variables): Environment['smtp'] {
  if (data.SMTP_HOST === undefined) return undefined;
  // Without CLIENT_URL a link would lead wherever the one who asks for it says that we are.
  const [host, from] = requireAll(data, ['SMTP_HOST', 'SMTP_FROM', 'CLIENT_URL']);
  return { host, from, port: data.SMTP_PORT, user: data.SMTP_USER, pass: data.SMTP_PASS };
}

function isAnyGiven(data: Variables, names: readonly (keyof Variables)[]): boolean {
  return names.some((name) => data[name] !== undefined);
}

type Texts<Names> = { [Index in keyof Names]: string };

function requireAll<const Names extends readonly (keyof Variables)[]>(
  data: Variables,
  names: Names,
): Texts<Names> {
  const values = names.map((name) => {
    const value = data[name];
    if (value === undefined) throw new Error(`${name} is missing.`);
    return String(value);
  });
  return values as Texts<Names>; // One a name, in order.
}
