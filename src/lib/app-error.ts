/**
 * The root of every error that this program raises on purpose.
 *
 * The text in `message` is for developers and support, is always English and never holds patient
 * data, a token or a search value. What a person reads is chosen from the class and its fields.
 */
export abstract class AppError extends Error {
  /** A stable word for the class, safe to branch on and to log. */
  abstract readonly kind: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** One thing that is wrong in a configuration file, and how to mend it. */
export interface ConfigProblem {
  /** Where, as a person would write it: `servers[0].auth.clientId`. */
  readonly path: string;
  /** What is wrong there. */
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

/** Whether an unknown thrown value is an abort, which is never shown to a person. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
