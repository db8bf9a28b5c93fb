import { readFileSync } from 'node:fs';

export type Json = Record<string, unknown>;

/** Reads a JSON file of `public/`, for tests. */
export const publicJson = (name: string): Json =>
  JSON.parse(readFileSync(new URL(`../../public/${name}`, import.meta.url), 'utf8')) as Json;

/** JSON Schema with which editors check `config.json`. */
export const jsonSchema = publicJson('config.schema.json');

export const jsonDefinitions = jsonSchema['$defs'] as Readonly<Record<string, Json>>;
