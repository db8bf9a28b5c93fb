import { ConfigError } from '#lib/app-error.ts';
import { parseConfig } from './load.ts';
import { parseText } from './parse-text.ts';

/**
 * Returns the error of a `/config.json` that cannot be used.
 *
 * @param status of the response
 * @param text of the response; undefined if the status is not a success
 */
export function refusal(status: number, text: string | undefined): ConfigError {
  const about = (message: string, cause?: unknown): ConfigError =>
    new ConfigError([{ path: 'config.json', message }], { cause });
  if (text === undefined) return about(`could not be fetched: the web server answered ${status}`);
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
