import type { Snowflake } from '@harmonium/api/ids';
import type { Permissions } from '@harmonium/api/permissions';
import type { Role } from '@harmonium/api/role';
import type { Deps } from '../deps.ts';
import { openTestApp } from './test-app.ts';
import type { LoggedIn, TestApp } from './test-app.ts';

/** A server with its owner, and how to fill it. */
export interface Community {
  app: TestApp;
  owner: LoggedIn;
  serverId: Snowflake;
  textId: Snowflake;
  voiceId: Snowflake;
  /** A new account that joins the server. */
  join(name: string): Promise<LoggedIn>;
  /** A role made by the owner, above those made before. */
  role(name: string, permissions: Permissions): Promise<Role>;
  give(who: LoggedIn, ...roles: Role[]): Promise<void>;
  /** A new server of the same owner in the same app: nothing of the old one. */
  again(): Promise<Community>;
}

export async function openCommunity(change: Partial<Deps> = {}): Promise<Community> {
  const app = await openTestApp(change);
  return settle(app, await app.register('owner'));
}

async function settle(app: TestApp, owner: LoggedIn): Promise<Community> {
  const view = await owner.call('POST /api/servers', { body: { name: 'Home' } });
  const serverId = view.server.id;
  const params = { id: serverId };
  const [text, voice] = view.channels;
  if (text === undefined || voice === undefined) throw new Error('A new server has channels.');
  return {
    app,
    owner,
    serverId,
    textId: text.id,
    voiceId: voice.id,
    async join(name) {
      const who = await app.register(name);
      const { code } = await owner.call('POST /api/servers/:id/invites', { params, body: {} });
      await who.call('POST /api/invites/:code', { params: { code } });
      return who;
    },
    async role(name, permissions) {
      const body = { name, permissions: permissions.toString() };
      const { id } = await owner.call('POST /api/servers/:id/roles', { params, body });
      const list = await owner.call('PATCH /api/servers/:id/roles', {
        params,
        body: [{ id, position: 250 }],
      });
      const role = list.find((entry) => entry.id === id);
      if (role === undefined) throw new Error('The role is gone.');
      return role;
    },
    async give(who, ...roles) {
      for (const { id } of roles) {
        await owner.call('PUT /api/servers/:id/members/:uid/roles/:rid', {
          params: { id: serverId, uid: who.user.id, rid: id },
        });
      }
    },
    again: () => settle(app, owner),
  };
}

/** `yes`, or the code of the refusal. */
export function outcome(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => 'yes',
    (problem: { code: string }) => problem.code,
  );
}
