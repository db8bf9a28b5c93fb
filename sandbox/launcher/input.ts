import type { IncomingMessage } from 'node:http';
import type { LaunchContext } from '../oauth/launch-context.ts';

/**
 * Reads a JSON body.
 *
 * @throws {Error} for a body over 64 KiB or one that is not a JSON object
 */
export async function readJson(req: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of req) {
    text += String(chunk);
    if (text.length > 65_536) throw new Error('too long');
  }
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new Error('not an object');
  return value as Record<string, unknown>;
}

/** Returns the known fields of a launch context; others are left out. */
export function readContext(value: unknown): LaunchContext {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  const words = ['patient', 'encounter', 'practitioner', 'smart_style_url', 'intent'] as const;
  const banner = given.need_patient_banner;
  return {
    ...Object.fromEntries(
      words.flatMap((name) => {
        const text = given[name];
        return typeof text === 'string' && text !== '' ? [[name, text]] : [];
      }),
    ),
    ...(typeof banner === 'boolean' && { need_patient_banner: banner }),
  };
}
