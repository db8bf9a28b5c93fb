import { ConfigError } from '#lib/app-error.ts';
import { parseConfig } from './load.ts';
import { parseText } from './parse-text.ts';

/**
 * Why the `/config.json` that was fetched cannot be used.
 *
 * @param status of the answer, if there was one
 * @param text of the answer, if it came
 * @param cause what was thrown, if anything
 */
export function refusal(
  status: number | undefined,
  text: string | undefined,
  cause: unknown,
): ConfigError {
  const about = (message: string, why = cause): ConfigError =>
    new ConfigError([{ path: 'config.json', message }], { cause: why });
  if (status !== undefined && !(status >= 200 && status < 300))
    return about(`could not be fetched: the web server answered ${status}`);
  if (text === undefined) {
    const slow = cause instanceof DOMException && cause.name === 'TimeoutError';
    return about(
      slow
        ? 'could not be fetched: the web server took too long'
        : 'could not be fetched: the network or the web server did not answer',
    );
  }
  try {
    parseConfig(
      parseText(text, (message, why) => {
        throw about(message, why);
      }),
    );
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  return about('is not JSON');
}
