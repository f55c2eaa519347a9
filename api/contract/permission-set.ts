import { z } from 'zod';
import { ALL_PERMISSIONS } from './permission-bits.ts';

/** A permission set on the wire: a decimal string of known bits. */
export const PermissionSet = z
  .string()
  // Without the abort the next check is run on any text, and BigInt throws on most.
  .regex(/^(0|[1-9]\d{0,18})$/, { abort: true })
  .refine((text) => (BigInt(text) & ~ALL_PERMISSIONS) === 0n);
export type PermissionSet = z.infer<typeof PermissionSet>;
