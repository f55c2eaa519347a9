import { Permission, hasPermission } from '@harmonium/api/permissions';

/** Undefined: the room has not said yet what one may do. */
export function mayCall(permissions: bigint | undefined): boolean {
  return permissions !== undefined && hasPermission(permissions, Permission.CONNECT);
}
