/** Who answers a request of the one origin that a Worker serves. */
export type Answerer = 'api' | 'rooms' | 'page' | 'nobody';

/**
 * Built files are answered before the Worker; here comes what is left: the api, sockets to rooms, and
 * addresses that only the page's own router knows.
 */
export function answererOf(request: Request): Answerer {
  const { pathname } = new URL(request.url);
  if (pathname === '/health' || isBelow(pathname, '/api')) return 'api';
  // What services tell each other does not come this way.
  if (isBelow(pathname, '/parties')) return isUpgrade(request) ? 'rooms' : 'nobody';
  if (isBelow(pathname, '/assets')) return 'nobody';
  return request.method === 'GET' || request.method === 'HEAD' ? 'page' : 'nobody';
}

function isBelow(pathname: string, folder: string): boolean {
  return pathname === folder || pathname.startsWith(`${folder}/`);
}

function isUpgrade(request: Request): boolean {
  return request.headers.get('upgrade')?.toLowerCase() === 'websocket';
}
