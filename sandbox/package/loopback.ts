import { textsIn } from '#config/placeholder.ts';
import type { AppConfig } from '#config/schema.ts';

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Returns warnings about loopback addresses. They suit a trial on the same machine, but in a user's
 * browser they mean the user's own machine, which the site's policy then trusts.
 */
export function loopbackWarnings(config: AppConfig): readonly string[] {
  return textsIn(config)
    .filter(
      ({ value }) =>
        /^https?:/.test(value) && URL.canParse(value) && LOOPBACK.includes(new URL(value).hostname),
    )
    .map(
      ({ path, value }) =>
        `Warning: ${path}: ${value} is the machine of whoever opens the app, not a server of the site`,
    );
}
