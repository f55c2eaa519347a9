/** Whatever answers as the page does. */
interface Page {
  request(path: string): Response | Promise<Response>;
}

/** What a proxy with TLS adds to the page's own; a Worker is reached by TLS only. */
const HSTS = 'max-age=31536000';
/** What belongs to one answer, and what Cloudflare says by itself: a page is asked for anew each time. */
const OWN = new Set([
  'content-type',
  'content-length',
  'content-encoding',
  'last-modified',
  'cache-control',
  'vary',
]);

/**
 * The headers that the page's own server sends, as a file for Cloudflare's static assets
 * (https://developers.cloudflare.com/workers/static-assets/headers/).
 */
export async function headersFile(page: Page): Promise<string> {
  const { headers } = await page.request('/');
  const lines = [...headers].filter(([name]) => !OWN.has(name));
  lines.push(['strict-transport-security', HSTS]);
  return [
    '/*',
    ...lines.map(([name, value]) => `  ${name}: ${value}`),
    '/assets/*',
    '  cache-control: public, max-age=31536000, immutable',
    '',
  ].join('\n');
}
