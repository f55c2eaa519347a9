import { Login, Register, Session } from '../session.ts';
import type { Endpoint } from './endpoint.ts';

/** Logging in and out. */
export const sessionsEndpoints = {
  'POST /api/auth/register': {
    summary: 'Create an account and log in',
    caller: 'anyone',
    body: Register,
    status: 201,
    answer: Session,
  },
  'POST /api/auth/login': {
    summary: 'Log in by name or e-mail',
    caller: 'anyone',
    body: Login,
    status: 200,
    answer: Session,
  },
  'POST /api/auth/refresh': {
    summary: 'Trade the refresh cookie for a new one and an access token',
    caller: 'cookie',
    status: 200,
    answer: Session,
  },
  'POST /api/auth/logout': {
    summary: 'End this session',
    caller: 'cookie',
    status: 204,
  },
} as const satisfies Record<string, Endpoint>;
