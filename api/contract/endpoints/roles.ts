import { z } from 'zod';
import { CreateRole, EditRole, PlaceRoles, Role } from '../role.ts';
import type { Endpoint } from './endpoint.ts';
import { ById, RoleById } from './params.ts';

/** Roles of a server. */
export const rolesEndpoints = {
  'GET /api/servers/:id/roles': {
    summary: 'Roles, lowest first; @everyone is the lowest',
    caller: 'user',
    params: ById,
    status: 200,
    answer: z.array(Role),
  },
  'POST /api/servers/:id/roles': {
    summary: 'Create a role, just above @everyone',
    caller: 'user',
    params: ById,
    body: CreateRole,
    status: 201,
    answer: Role,
  },
  'PATCH /api/servers/:id/roles': {
    summary: 'Reorder roles below the own highest',
    caller: 'user',
    params: ById,
    body: PlaceRoles,
    status: 200,
    answer: z.array(Role),
  },
  'PATCH /api/servers/:id/roles/:rid': {
    summary: 'Edit a role',
    caller: 'user',
    params: RoleById,
    body: EditRole,
    status: 200,
    answer: Role,
  },
  'DELETE /api/servers/:id/roles/:rid': {
    summary: 'Delete a role',
    caller: 'user',
    params: RoleById,
    status: 204,
  },
} as const satisfies Record<string, Endpoint>;
