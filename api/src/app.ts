import { endpoints } from '@harmonium/api/endpoints';
import type { EndpointKey } from '@harmonium/api/endpoints';
import { REQUEST_ID_HEADER } from '@harmonium/api/request-id';
import { REFRESH_COOKIE } from '@harmonium/api/session';
import { OpenAPIHono } from '@hono/zod-openapi';
import { accountRoutes } from './account/routes.ts';
import { createAnnounce } from './announce.ts';
import { channelRoutes } from './channels/routes.ts';
import type { Deps } from './deps.ts';
import { directRoutes } from './direct/routes.ts';
import { friendRoutes } from './friends/routes.ts';
import { emojiRoutes } from './emojis/routes.ts';
import { docsPage } from './http/docs-page.ts';
import { serve } from './http/endpoint.ts';
import type { AppEnv } from './http/app-env.ts';
import type { Handlers } from './http/endpoint.ts';
import { answerError } from './http/error-answer.ts';
import { documentEndpoints } from './http/openapi.ts';
import { requestIdOf } from './http/request-id.ts';
import { imageRoutes } from './images/routes.ts';
import { instanceRoutes } from './instance/routes.ts';
import { createSettings } from './instance/settings.ts';
import { internalRoutes } from './internal/routes.ts';
import { inviteRoutes } from './invites/routes.ts';
import { memberRoutes } from './members/routes.ts';
import { messageRoutes } from './messages/routes.ts';
import { moderationRoutes } from './moderation/routes.ts';
import { notificationRoutes } from './notifications/routes.ts';
import { createPreviews } from './previews/previews.ts';
import { Problem } from './problem.ts';
import { roleRoutes } from './roles/routes.ts';
import { searchRoutes } from './search/routes.ts';
import { serverRoutes } from './servers/routes.ts';
import { sessionRoutes } from './sessions/routes.ts';
import { threadRoutes } from './threads/routes.ts';
import { ticketRoutes } from './tickets/routes.ts';
import { uploadRoutes } from './uploads/routes.ts';
import { userRoutes } from './users/routes.ts';
import { voiceRoutes } from './voice/routes.ts';

/** The REST surface over its dependencies; runs wherever there is `fetch`. */
export function createApp(deps: Deps): OpenAPIHono<AppEnv> {
  const core = { ...deps, announce: createAnnounce(deps), settings: createSettings(deps) };
  // The type asks for every key of the table: an endpoint without a handler does not compile.
  const handlers: Handlers = {
    ...instanceRoutes(core),
    ...sessionRoutes(core),
    ...userRoutes(core),
    ...accountRoutes(core),
    ...friendRoutes(core),
    ...directRoutes(core),
    ...notificationRoutes(core),
    ...serverRoutes(core),
    ...imageRoutes(core),
    ...emojiRoutes(core),
    ...roleRoutes(core),
    ...memberRoutes(core),
    ...moderationRoutes(core),
    ...voiceRoutes(core),
    ...channelRoutes(core),
    ...messageRoutes(core),
    ...threadRoutes(core),
    ...searchRoutes(core),
    ...uploadRoutes(core),
    ...inviteRoutes(core),
    ...ticketRoutes(core),
    ...internalRoutes(core, createPreviews(core)),
  };
  const app = new OpenAPIHono<AppEnv>();
  app.use(async (c, next) => {
    const answered = deps.meter.request();
    const requestId = await requestIdOf(deps, c.req.raw.headers);
    c.set('requestId', requestId);
    c.header(REQUEST_ID_HEADER, requestId);
    // Answers are for the one who asked.
    c.header('cache-control', 'no-store');
    await deps.currentRequest.run(requestId, next);
    answered(c.get('route') ?? 'other', c.res.status);
  });
  app.onError((thrown, c) => answerError(deps, thrown, c));
  app.notFound((c) => answerError(deps, new Problem('not_found'), c));
  documentEndpoints(app, REFRESH_COOKIE);
  for (const key of Object.keys(endpoints) as EndpointKey[]) {
    const [method = 'GET', path = '/'] = key.split(' ');
    app.on(method, path, serve(deps, key, handlers));
  }
  serveDocuments(app, deps.instance);
  return app;
}

/** Made when first asked for, and kept: they cost a third of a second, and anyone may ask. */
function serveDocuments(app: OpenAPIHono<AppEnv>, { name, version }: Deps['instance']): void {
  let document: string | undefined;
  app.get('/api/openapi.json', (c) => {
    document ??= JSON.stringify(
      app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: name, version } }),
    );
    return c.body(document, 200, { 'content-type': 'application/json' });
  });
  let page: ReturnType<typeof docsPage> | undefined;
  app.get('/api/docs', (c) => c.html((page ??= docsPage(name))));
}
