import * as v from 'valibot';
import { takeEarly } from '#lib/early-answers.ts';
import { appUrl } from '#lib/url.ts';
import { configSchema, type AppConfig } from './schema.ts';

/** Milliseconds until the web server must have answered; `src/early.ts` asks with the same. */
const LIMIT = 15_000;

/**
 * Fetches and checks `/config.json`.
 *
 * @param limit milliseconds until it must have come
 * @throws {ConfigError} when it is missing, is not JSON or breaks the schema.
 */
export async function loadConfig(limit = LIMIT): Promise<AppConfig> {
  let response: Response | undefined;
  let text: string | undefined;
  let cause: unknown;
  try {
    const url = appUrl('config.json');
    const signal = AbortSignal.timeout(limit);
    response = await (takeEarly(url) ??
      fetch(url, { credentials: 'same-origin', redirect: 'error', signal }));
    text = await response.text();
    const checked = v.safeParse(configSchema, response.ok && JSON.parse(text));
    if (checked.success) return checked.output;
  } catch (error) {
    cause = error;
  }
  // What is wrong is found out by code that those who have a right one never fetch.
  const { refusal } = await import('./refusal.ts');
  throw refusal(response?.status, text, cause);
}
