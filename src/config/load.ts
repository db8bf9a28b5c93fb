import * as v from 'valibot';
import { ConfigError, type ConfigProblem } from '#lib/app-error.ts';
import { takeEarly } from '#lib/early-answers.ts';
import { appUrl } from '#lib/url.ts';
import { configSchema, type AppConfig } from './schema.ts';

/**
 * Checks a parsed `/config.json`.
 *
 * @throws {ConfigError} with every problem found, each with its path.
 */
export function parseConfig(value: unknown): AppConfig {
  const result = v.safeParse(configSchema, value);
  if (result.success) return result.output;
  throw new ConfigError(result.issues.map(toProblem));
}

function toProblem(issue: v.BaseIssue<unknown>): ConfigProblem {
  return { path: dotPath(issue), message: explain(issue) };
}

/** `servers[0].auth.clientId`; the file itself is `config.json`. */
function dotPath(issue: v.BaseIssue<unknown>): string {
  const path = (issue.path ?? []).reduce(
    (text, { key }) =>
      typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key),
    '',
  );
  return path || 'config.json';
}

function explain(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'strict_object' && issue.expected === 'never') return 'is not a known field';
  if (issue.input === undefined) return 'is missing';
  if (issue.kind === 'schema') return `must be ${issue.expected ?? 'something else'}`;
  return issue.message;
}

function problem(message: string, cause?: unknown): ConfigError {
  return new ConfigError([{ path: 'config.json', message }], { cause });
}

/**
 * Fetches and checks `/config.json`.
 *
 * @throws {ConfigError} when it is missing, is not JSON or breaks the schema.
 */
export async function loadConfig(): Promise<AppConfig> {
  let response: Response;
  try {
    const url = appUrl('config.json');
    response = await (takeEarly(url) ??
      fetch(url, { credentials: 'same-origin', redirect: 'error' }));
  } catch (cause) {
    throw problem('could not be fetched: the network or the web server did not answer', cause);
  }
  if (!response.ok)
    throw problem(`could not be fetched: the web server answered ${response.status}`);
  let value: unknown;
  try {
    value = await response.json();
  } catch (cause) {
    // A single-page host answers unknown paths with index.html: then it is not JSON either.
    throw problem('is not valid JSON (is the file on the web server?)', cause);
  }
  return parseConfig(value);
}
