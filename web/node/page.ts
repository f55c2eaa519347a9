import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/**
 * Serves the built page: hashed assets for ever, everything else that is no file as the page itself
 * (its router decides), under a policy that lets nothing but our own scripts run.
 * @param dist folder that `buildPage` answered
 * @param filesOrigin where browsers send and read files; absent: where the page is
 */
export function createPage(dist: string, filesOrigin?: string): Hono {
  const files = filesOrigin === undefined ? [] : [filesOrigin];
  const page = new Hono();
  page.use(
    secureHeaders({
      contentSecurityPolicy: {
        // What is not named here is not loaded.
        defaultSrc: ["'none'"],
        // Of the page's own there is WebAssembly: noise suppression in calls. It is no way to run scripts.
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        scriptSrcAttr: ["'none'"],
        // Kobalte and the virtual list place elements by style attributes; sheets are ours alone, where
        // a browser tells the two apart.
        styleSrc: ["'self'", "'unsafe-inline'"],
        styleSrcElem: ["'self'"],
        fontSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:', ...files],
        mediaSrc: ["'self'", 'blob:', ...files],
        connectSrc: ["'self'", 'ws:', 'wss:', ...files],
        frameSrc: ["'none'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: 'same-origin',
      // Plain HTTP is how a laptop and a home network run it; a proxy that has TLS adds this itself.
      strictTransportSecurity: false,
    }),
  );
  page.use(
    '/assets/*',
    serveStatic({
      root: dist,
      precompressed: true,
      onFound: (_, c) => c.header('cache-control', 'public, max-age=31536000, immutable'),
    }),
  );
  page.get('/assets/*', (c) => c.notFound());
  page.use('*', serveStatic({ root: dist, precompressed: true, onFound: revalidate }));
  page.get(
    '*',
    serveStatic({ root: dist, path: 'index.html', precompressed: true, onFound: revalidate }),
  );
  return page;
}

function revalidate(_: string, c: { header(name: string, value: string): void }): void {
  c.header('cache-control', 'no-cache');
}
