import { Pool, neonConfig } from '@neondatabase/serverless';
import { drizzle } from 'drizzle-orm/neon-serverless';
import type { OpenDatabase } from '../db/database.ts';
import * as schema from '../db/schema.ts';

export interface NeonOptions {
  url: string;
  /**
   * Address (`host:port`, no TLS) of a proxy from WebSocket to TCP, to reach a PostgreSQL that is
   * not Neon's. Neon's driver holds this for the whole process.
   */
  wsProxy?: string | undefined;
  /** Connections held at most. On Workers a pool serves one request. */
  connections?: number;
}

const CONNECTIONS = 5;
const CONNECT_TIMEOUT_MS = 5000;

/**
 * PostgreSQL over WebSocket, where there is no TCP. It connects at the first query and does not
 * migrate: on Workers it is opened anew for each request.
 */
export function openNeon(options: NeonOptions): OpenDatabase {
  if (options.wsProxy !== undefined) useProxy(options.wsProxy);
  const pool = new Pool({
    connectionString: options.url,
    max: options.connections ?? CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  // A lost connection is told to whoever uses it next; an 'error' nobody hears would end the process.
  pool.on('error', () => {});
  return {
    db: drizzle(pool, { schema }),
    async ping() {
      await pool.query('select 1');
    },
    close: () => pool.end(),
  };
}

function useProxy(wsProxy: string) {
  neonConfig.wsProxy = () => wsProxy;
  neonConfig.useSecureWebSocket = false;
  neonConfig.pipelineTLS = false;
  // Sends the password before it is asked for, in a way that only Neon understands.
  neonConfig.pipelineConnect = false;
}
