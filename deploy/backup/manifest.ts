import { z } from 'zod';

/** What a backup says about itself, and what a restore is compared with. */

export const Manifest = z.object({
  /** Of the Harmonium that made it. */
  version: z.string(),
  at: z.iso.datetime(),
  migrations: z.array(z.string()),
  /** Tells whether a secret is the one of the backup, and nothing else about it. */
  secretPrint: z.string(),
  tables: z.array(z.object({ name: z.string(), rows: z.number(), sha256: z.string() })),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof Manifest>;
export type TableEntry = Manifest['tables'][number];
export type FileEntry = Manifest['files'][number];
