import { textsIn } from '#config/placeholder.ts';
import type { AppConfig } from '#config/schema.ts';

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Warnings about addresses of the machine that the package is made on. Right for a trial there; in
 * the browser of somebody else they mean that person's machine, which the site's policy then trusts.
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
