import * as v from 'valibot';
import { ConfigError, type ConfigProblem } from '#lib/app-error.ts';
import { nearestField } from './nearest-field.ts';
import { configSchema, type AppConfig } from './schema.ts';

type Issue = v.BaseIssue<unknown>;

/** Messages for the type names of the schema library. */
const WRITE: Readonly<Record<string, string>> = {
  Array: 'must be a list in square brackets',
  Object: 'must be an object in curly brackets',
  string: 'must be text in quotes',
  number: 'must be a number, without quotes',
  boolean: 'must be true or false, without quotes',
};

/**
 * Checks a parsed `/config.json`.
 *
 * @throws {ConfigError} with the path and message of every problem
 */
export function parseConfig(value: unknown): AppConfig {
  // The schema library accepts a list as an object.
  if (Array.isArray(value)) {
    throw new ConfigError([{ path: 'config.json', message: `${WRITE['Object']}` }]);
  }
  const result = v.safeParse(configSchema, value);
  if (result.success) return result.output;
  const problems = result.issues.map(toProblem);
  // A list instead of an object lacks every field; report that only once.
  const keys = problems.map((p) => `${p.path} ${p.message}`);
  throw new ConfigError(problems.filter((_, i) => keys.indexOf(keys[i] ?? '') === i));
}

function toProblem(issue: Issue): ConfigProblem {
  const keys = issue.path?.map(({ key }) => key) ?? [];
  const last = issue.path?.at(-1);
  if (last && typeof last.key === 'string' && Array.isArray(last.input)) {
    return { path: dotPath(keys.slice(0, -1)), message: `${WRITE['Object']}` };
  }
  const twice = /^twice: (.+)$/.exec(issue.message)?.[1];
  if (twice !== undefined) return second(issue, keys, twice);
  return { path: dotPath(keys), message: explain(issue) };
}

/** Returns the problem of a duplicate value, with the path of its second occurrence. */
function second({ input }: Issue, keys: readonly unknown[], field: string): ConfigProblem {
  const values = (input as readonly Record<string, unknown>[]).map((entry) => entry[field]);
  const index = values.findIndex((value, i) => values.indexOf(value) < i);
  const path = dotPath([...keys, index, field]);
  return { path, message: `is used twice: ${String(values[index])}` };
}

/** Returns a path such as `servers[0].auth.clientId`; `config.json` for the file itself. */
function dotPath(keys: readonly unknown[]): string {
  const path = keys.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key),
    '',
  );
  return path || 'config.json';
}

function explain(issue: Issue): string {
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const meant = nearestField(issue);
    return meant === undefined ? 'is not a known field' : `is not a known field; perhaps ${meant}`;
  }
  if (issue.input === undefined) return 'is missing';
  if (issue.kind !== 'schema') return issue.message;
  const { expected } = issue;
  const choices = [...`${expected}`.matchAll(/"([^"]*)"/g)].map(([, choice]) => choice);
  return WRITE[`${expected}`] ?? `must be one of: ${choices.join(', ') || expected}`;
}
