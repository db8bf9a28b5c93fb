import { describe, expect, it } from 'vitest';
import { configSchema } from './schema.ts';
import { jsonDefinitions, jsonSchema, type Json } from './schema-fixture.ts';

/** Structure of a schema that is comparable between valibot and JSON Schema. */
type Shape =
  | { fields: Record<string, { required: boolean; default?: unknown; shape: Shape }> }
  | { items: Shape }
  | { oneOf: Shape[] }
  | { values: unknown[] }
  | string;

/** The part of a valibot schema that this test looks into. */
interface Valibot {
  readonly type: string;
  readonly default?: unknown;
  readonly pipe?: readonly Valibot[];
  readonly wrapped?: Valibot;
  readonly item?: Valibot;
  readonly entries?: Record<string, Valibot>;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
}

function valibotShape(schema: Valibot): Shape {
  if (schema.wrapped) return valibotShape(schema.wrapped);
  if (schema.item) return { items: valibotShape(schema.item) };
  if (schema.type === 'variant') {
    return { oneOf: (schema.options as Valibot[]).map((option) => valibotShape(option)) };
  }
  if (schema.type === 'picklist') return { values: [...(schema.options ?? [])] };
  if (schema.type === 'literal') return { values: [schema.literal] };
  if (!schema.entries) return schema.type === 'record' ? 'object' : schema.type;
  const fields = Object.entries(schema.entries).map(([name, field]) => {
    const required = field.type !== 'optional';
    const fallback = field.default === undefined ? {} : { default: field.default };
    return [name, { required, ...fallback, shape: valibotShape(field) }] as const;
  });
  return { fields: Object.fromEntries(fields) };
}

function resolve(schema: Json): Json {
  const ref = schema['$ref'];
  if (typeof ref !== 'string') return schema;
  const name = ref.replace('#/$defs/', '');
  return { ...jsonDefinitions[name], ...schema };
}

function jsonShape(given: Json): Shape {
  const schema = resolve(given);
  if (Array.isArray(schema.oneOf)) return { oneOf: (schema.oneOf as Json[]).map(jsonShape) };
  if (Array.isArray(schema.enum)) return { values: schema.enum };
  if ('const' in schema) return { values: [schema.const] };
  if (schema.items) return { items: jsonShape(schema.items as Json) };
  if (!schema.properties) return String(schema.type);
  expect(schema.additionalProperties).toBe(false);
  const required = (schema.required ?? []) as string[];
  const fields = Object.entries(schema.properties as Record<string, Json>).map(([name, field]) => {
    const fallback = field.default === undefined ? {} : { default: field.default };
    return [name, { required: required.includes(name), ...fallback, shape: jsonShape(field) }];
  });
  return { fields: Object.fromEntries(fields) as Record<string, never> };
}

describe('the valibot schema and the JSON Schema of the configuration', () => {
  it('have the same fields, defaults and values', () => {
    expect(jsonShape(jsonSchema)).toEqual(valibotShape(configSchema as unknown as Valibot));
  });

  it('have a description of every field', () => {
    const undescribed: string[] = [];
    const walk = (given: Json, path: string): void => {
      for (const [name, field] of Object.entries(
        (given.properties ?? {}) as Record<string, Json>,
      )) {
        const schema = resolve(field);
        if (!schema.description && !('const' in schema)) undescribed.push(`${path}.${name}`);
        walk(field, `${path}.${name}`);
      }
    };
    walk(jsonSchema, '');
    for (const [name, def] of Object.entries(jsonDefinitions)) {
      walk(def, name);
    }
    expect(undescribed).toEqual([]);
  });
});
