import * as fc from 'fast-check';
import { z } from 'zod';

/** As much of JSON Schema as zod writes. */
interface Shape {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Shape[];
  oneOf?: Shape[];
  allOf?: Shape[];
  properties?: Record<string, Shape>;
  required?: string[];
  additionalProperties?: Shape | boolean;
  items?: Shape;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  format?: string;
}

const LETTERS = Array.from('abcxyz019_-');

/**
 * Values that a schema takes, or nearly: what it refines beyond its shape is left to chance.
 * @param ids known to the one who is asked
 */
export function fromSchema(schema: z.ZodType, ids: () => readonly string[]): fc.Arbitrary<unknown> {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' });
  return valueOf(shape as Shape, ids); // The part that is read.
}

/** The same with one thing changed somewhere. */
export function nearly(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(value, fc.nat(), odd).map(([whole, at, wrong]) => changed(whole, at, wrong));
}

export const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('', '\u0000', 'a\u0000b', '\ud800', 'a\udfffb', '\u202e', '%', '\\', '__proto__'),
  fc.constantFrom('9223372036854775808', '9'.repeat(40), '-1', '1e400', 'NaN', '1e3', '007'),
  fc.constant('x'.repeat(5_000)),
);

export const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  oddText,
  fc.double(),
  fc.bigInt().map(Number),
  fc.constantFrom(null, true, [], {}, -1, 1e308, -0, 2 ** 53),
  fc.constant(JSON.parse('{"__proto__":{"type":"ping"},"constructor":1}') as unknown),
);

function valueOf(shape: Shape, ids: () => readonly string[]): fc.Arbitrary<unknown> {
  if (shape.const !== undefined) return fc.constant(shape.const);
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum);
  const either = shape.anyOf ?? shape.oneOf;
  if (either !== undefined) return fc.oneof(...either.map((one) => valueOf(one, ids)));
  switch (shape.type) {
    case 'object':
      return objectOf(shape, ids);
    case 'array': {
      const { minItems: minLength = 0, maxItems = 5 } = shape;
      const bounds = { minLength, maxLength: Math.max(minLength, Math.min(5, maxItems)) };
      return fc.array(valueOf(shape.items ?? {}, ids), bounds);
    }
    case 'string':
      return textOf(shape, ids);
    case 'integer':
    case 'number': {
      const { minimum: min = 0, maximum: max = 1_000 } = shape;
      return fc.integer({ min: Math.max(min, -(2 ** 31)), max: Math.min(max, 2 ** 31 - 1) });
    }
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case undefined:
    default:
      return odd;
  }
}

function objectOf(shape: Shape, ids: () => readonly string[]): fc.Arbitrary<unknown> {
  const fields = Object.entries(shape.properties ?? {});
  const values = Object.fromEntries(fields.map(([name, each]) => [name, valueOf(each, ids)]));
  return fc.record(values, { requiredKeys: shape.required ?? [] });
}

function textOf(shape: Shape, ids: () => readonly string[]): fc.Arbitrary<string> {
  if (shape.format === 'date-time') {
    return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  }
  if (shape.format === 'email') return fc.nat().map((at) => `someone${at}@example.test`);
  const { minLength = 0, maxLength = 40 } = shape;
  const bounds = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)) };
  const text = fc.string({ unit: fc.constantFrom(...LETTERS), ...bounds });
  if (shape.pattern === undefined)
    return fc.oneof(text, fc.string({ unit: 'grapheme', ...bounds }));
  const id = fc.oneof(
    fc.nat().map((at) => ids()[at % Math.max(1, ids().length)] ?? '1'),
    fc.bigInt({ min: 1n, max: (1n << 63n) - 1n }).map(String),
  );
  const fits = new RegExp(shape.pattern, 'u');
  return fc.oneof(text, id).map((some) => (fits.test(some) ? some : '1'));
}

/** Changes one place of a JSON value, wherever it is. */
function changed(value: unknown, at: number, wrong: unknown): unknown {
  if (typeof value !== 'object' || value === null) return wrong;
  const entries = Object.entries(value);
  if (entries.length === 0 || at % 7 === 0) return wrong;
  if (at % 5 === 0) return { ...value, other: wrong };
  const [key = '', inner] = entries[at % entries.length] ?? [];
  const next = changed(inner, Math.floor(at / entries.length), wrong);
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? next : item));
  return { ...value, [key]: next };
}
