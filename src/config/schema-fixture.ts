import { readFileSync } from 'node:fs';

export type Json = Record<string, unknown>;

/** A JSON file that is served with the app, for tests. */
export const publicJson = (name: string): Json =>
  JSON.parse(readFileSync(new URL(`../../public/${name}`, import.meta.url), 'utf8')) as Json;

/** The schema that editors check a `config.json` with. */
export const jsonSchema = publicJson('config.schema.json');

export const jsonDefinitions = jsonSchema['$defs'] as Readonly<Record<string, Json>>;
