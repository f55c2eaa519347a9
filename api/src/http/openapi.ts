import { endpoints } from '@harmonium/api/endpoints';
import type { Endpoint } from '@harmonium/api/endpoints';
import { ErrorBody } from '@harmonium/api/errors';
import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { AppEnv } from './app-env.ts';

type Method = 'get' | 'post' | 'patch' | 'put' | 'delete';

const SECURITY = {
  anyone: [],
  cookie: [{ refreshCookie: [] }],
  user: [{ accessToken: [] }],
  service: [{ serviceToken: [] }],
} satisfies Record<Endpoint['caller'], object[]>;

/** Writes every entry of the table into the app's OpenAPI registry. */
export function documentEndpoints(app: OpenAPIHono<AppEnv>, refreshCookie: string): void {
  const bearer = { type: 'http', scheme: 'bearer' } as const;
  const registry = app.openAPIRegistry;
  registry.registerComponent('securitySchemes', 'accessToken', bearer);
  registry.registerComponent('securitySchemes', 'serviceToken', bearer);
  registry.registerComponent('securitySchemes', 'refreshCookie', {
    type: 'apiKey',
    in: 'cookie',
    name: refreshCookie,
  });
  for (const [key, endpoint] of Object.entries(endpoints)) {
    registry.registerPath(routeOf(key, endpoint));
  }
}

/** `METHOD /path/:param` and its schemas as a route of the OpenAPI document. */
function routeOf(key: string, endpoint: Endpoint) {
  const [method = 'GET', path = '/'] = key.split(' ');
  return createRoute({
    method: method.toLowerCase() as Method, // Keys of the table are written that way.
    path: path.replace(/:(\w+)/g, '{$1}'),
    summary: endpoint.summary,
    tags: [chapterOf(path)],
    security: SECURITY[endpoint.caller],
    request: {
      ...(endpoint.params && { params: endpoint.params }),
      // MessageQuery is an object with a rule over it; the type wants the object alone.
      ...(endpoint.query && { query: endpoint.query as NonNullable<Endpoint['params']> }),
      ...(endpoint.body && { body: { required: true, content: json(endpoint.body) } }),
      ...(endpoint.upload && {
        body: { required: true, content: binary(...endpoint.upload.types) },
      }),
    },
    responses: {
      [endpoint.status]: {
        description: 'Success',
        ...(endpoint.answer && { content: json(endpoint.answer) }),
        ...(endpoint.file !== undefined && { content: binary(endpoint.file) }),
      },
      default: { description: 'Any error, by its code', content: json(ErrorBody) },
    },
  });
}

const json = (schema: NonNullable<Endpoint['answer']>) => ({ 'application/json': { schema } });

const FILE = { schema: { type: 'string', format: 'binary' } } as const;

const binary = (...types: readonly string[]) =>
  Object.fromEntries(types.map((type) => [type, FILE]));

function chapterOf(path: string): string {
  return path.split('/').at(path.startsWith('/api/') ? 2 : 1) ?? '';
}
