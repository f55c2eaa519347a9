import type { PermissionName } from '@harmonium/api/permissions';
import { useInstance } from '../instance.tsx';

/** Whether a permission lets nobody do anything, because the instance does not do it at all. */
export function useIdlePermissions(): (name: PermissionName) => boolean {
  const config = useInstance();
  return (name) => name === 'EMBED_LINKS' && config()?.features.linkPreviews === false;
}
