import type { Server } from '@harmonium/api/server';

export function serverOf(row: Server): Server {
  return { id: row.id, name: row.name, icon: row.icon, theme: row.theme, ownerId: row.ownerId };
}
