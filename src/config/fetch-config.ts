import * as v from 'valibot';
import { ConfigError } from '#lib/app-error.ts';
import { takeEarly } from '#lib/early-answers.ts';
import { appUrl } from '#lib/url.ts';
import { configSchema, type AppConfig } from './schema.ts';

/** Milliseconds for the whole response of the web server; `src/early.ts` uses the same limit. */
const LIMIT = 15_000;

const problem = (message: string, cause: unknown): ConfigError =>
  new ConfigError([{ path: 'config.json', message }], { cause });

/**
 * Fetches and checks `/config.json`.
 *
 * @param limit milliseconds for the whole response
 * @throws {ConfigError} if it is missing, is not JSON or violates the schema
 */
export async function loadConfig(limit = LIMIT): Promise<AppConfig> {
  let status: number;
  let text: string | undefined;
  try {
    const url = appUrl('config.json');
    const signal = AbortSignal.timeout(limit);
    const response = await (takeEarly(url) ??
      fetch(url, { credentials: 'same-origin', redirect: 'error', signal }));
    ({ status } = response);
    if (response.ok) text = await response.text();
  } catch (cause) {
    // Report it here, because a lazy chunk could not be loaded either.
    const slow = cause instanceof DOMException && cause.name === 'TimeoutError';
    throw problem(
      slow
        ? 'could not be fetched: the web server took too long'
        : 'could not be fetched: the network or the web server did not answer',
      cause,
    );
  }
  try {
    const checked = v.safeParse(configSchema, text !== undefined && JSON.parse(text));
    if (checked.success) return checked.output;
  } catch {
    // Reported below with its position.
  }
  // The code that explains the problem is loaded only for an invalid configuration.
  const { refusal } = await import('./refusal.ts').catch((cause: unknown) => {
    throw problem('could not be checked: the network or the web server did not answer', cause);
  });
  throw refusal(status, text);
}
