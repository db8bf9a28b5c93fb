/**
 * The base class of every error that this app raises on purpose.
 *
 * `message` is for developers and support. It is always English and never holds patient data, a
 * token or a search value. The text that the user reads is chosen by the class and its fields.
 */
export abstract class AppError extends Error {
  /** Stable name of the class, safe to branch on and to log. */
  abstract readonly kind: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** One mistake in a configuration file. */
export interface ConfigProblem {
  /** Path of the wrong field in JavaScript notation, such as `servers[0].auth.clientId`. */
  readonly path: string;
  /** Description of the mistake. */
  readonly message: string;
}

/** `/config.json` is missing, is not JSON or breaks the schema. */
export class ConfigError extends AppError {
  readonly kind = 'config';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[], options?: ErrorOptions) {
    super(problems.map((p) => `${p.path}: ${p.message}`).join('; '), options);
    this.problems = problems;
  }
}

/** Whether a thrown value is an abort (`AbortError`), which is never shown to the user. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
