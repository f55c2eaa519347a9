import { endpoints } from '@harmonium/api/endpoints';
import type { Endpoint } from '@harmonium/api/endpoints';
import { ERRORS } from '@harmonium/api/errors';
import { html } from 'hono/html';
import { z } from 'zod';

/** The surface to read, made from the table; no script, and nothing from another host. */
export function docsPage(name: string) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${name}: API</title>
        <style>
          body {
            font: 16px/1.5 system-ui;
            max-width: 60rem;
            margin: 2rem auto;
            padding: 0 1rem;
          }
          code {
            font-size: 0.9em;
          }
          pre {
            overflow: auto;
            padding: 1rem;
            background: #8881;
          }
          summary {
            cursor: pointer;
            padding: 0.25rem 0;
          }
          td {
            padding-right: 2rem;
          }
        </style>
      </head>
      <body>
        <h1>${name}: API</h1>
        <p>The same for machines: <a href="/api/openapi.json">openapi.json</a>.</p>
        ${Object.entries(endpoints).map(([key, endpoint]) => section(key, endpoint))}
        <h2>Error codes</h2>
        <table>
          ${Object.entries(ERRORS).map(
            ([code, { status, retry }]) =>
              html`<tr>
                <td><code>${code}</code></td>
                <td>${status}</td>
                <td>${retry ? 'try again later' : ''}</td>
              </tr>`,
          )}
        </table>
      </body>
    </html>`;
}

function section(key: string, endpoint: Endpoint) {
  return html`<details>
    <summary><code>${key}</code> ${endpoint.summary}</summary>
    <p>For: ${endpoint.caller}. Answers ${endpoint.status}.</p>
    ${schema('Query', endpoint.query)} ${schema('Body', endpoint.body)}
    ${schema('Answer', endpoint.answer)}
  </details>`;
}

function schema(title: string, shape: z.ZodType | undefined) {
  if (shape === undefined) return '';
  const { $schema: _, ...described } = z.toJSONSchema(shape, {
    io: 'input',
    unrepresentable: 'any',
  });
  return html`<h4>${title}</h4>
    <pre>${JSON.stringify(described, undefined, 2)}</pre>`;
}
