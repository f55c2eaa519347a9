import { parse } from 'yaml';
import { z } from 'zod';

/** docker-compose.yml as the tests read it: what they need of it, in the words of the specification. */

const Text = z.union([z.string(), z.number()]).transform(String);

const Service = z.object({
  image: z.string(),
  profiles: z.array(z.string()).default([]),
  command: z.array(Text).default([]),
  environment: z.record(z.string(), Text).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  networks: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).default(['default']),
  depends_on: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).default([]),
  restart: z.string().optional(),
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(Text) }).optional(),
  stop_grace_period: z.string().optional(),
  deploy: z
    .object({ resources: z.object({ limits: z.object({ memory: z.string() }) }) })
    .optional(),
});
export type ComposeService = z.output<typeof Service>;

const ComposeFile = z.object({
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.unknown()),
  networks: z.record(z.string(), z.unknown()),
});
export type ComposeFile = z.output<typeof ComposeFile>;

type Variables = Record<string, string | undefined>;

/** The document with its anchors and merges resolved, as compose validates it. */
export function parseCompose(text: string): unknown {
  const { 'x-service': _service, 'x-health': _health, ...document } = parse(text, { merge: true });
  return document;
}

/** @throws what compose would say where a variable is required and missing */
export function readCompose(text: string, variables: Variables): ComposeFile {
  return ComposeFile.parse(resolve(parseCompose(text), variables));
}

function resolve(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') return interpolate(value, variables);
  if (Array.isArray(value)) return value.map((item) => resolve(item, variables));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, resolve(item, variables)]);
  return Object.fromEntries(entries);
}

/** `${A}`, `${A:-default}`, `${A:?message}`, `${A:+other}`, each without the colon too, nested, and `$$`. */
export function interpolate(text: string, variables: Variables): string {
  let result = '';
  for (let at = 0; at < text.length;) {
    if (text.startsWith('$$', at)) {
      result += '$';
      at += 2;
    } else if (text.startsWith('${', at)) {
      const end = endOfBraces(text, at + 1);
      result += expand(text.slice(at + 2, end), variables);
      at = end + 1;
    } else {
      result += text[at];
      at += 1;
    }
  }
  return result;
}

function endOfBraces(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error(`a brace is open in ${text}`);
}

function expand(expression: string, variables: Variables): string {
  const [, name = '', colon, operator, word = ''] =
    /^(\w+)(?:(:)?([-?+])(.*))?$/s.exec(expression) ?? [];
  if (name === '') throw new Error(`\${${expression}} is no variable`);
  const value = variables[name];
  const isGiven = value !== undefined && (colon === undefined || value !== '');
  if (operator === '+') return isGiven ? interpolate(word, variables) : '';
  if (isGiven) return value;
  if (operator === '?') throw new Error(`required variable ${name} is missing a value: ${word}`);
  return interpolate(word, variables);
}
