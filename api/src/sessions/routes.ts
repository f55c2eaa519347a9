import type { Core } from '../announce.ts';
import type { Handlers } from '../http/endpoint.ts';
import { login } from './login.ts';
import { logout } from './logout.ts';
import { refresh } from './refresh.ts';
import { register } from './register.ts';

export function sessionRoutes(core: Core) {
  return {
    'POST /api/auth/register': ({ body, c }) => register(core, c, body),
    'POST /api/auth/login': ({ body, c }) => login(core, c, body),
    'POST /api/auth/refresh': ({ c }) => refresh(core, c),
    'POST /api/auth/logout': async ({ c }) => {
      await logout(core, c);
      return undefined;
    },
  } satisfies Partial<Handlers>;
}
