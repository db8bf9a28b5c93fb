declare global {
  /** The early script is no module of the program: this is what both of them know. */
  var earlyAnswers: Map<string, Promise<Response>> | undefined;
}

/**
 * Answers that were asked for before the program itself had arrived. Each is handed out once, to
 * the request that would have asked the same.
 */
const answers = (globalThis.earlyAnswers ??= new Map());

/** Milliseconds after which an unused answer is too old to be used. */
const TOO_OLD = 30_000;

/** Keeps the answer to a plain GET, one without a token or other headers of its own. */
export function keepEarly(url: string, answer: Promise<Response>): void {
  // A failure is met again, and reported, by the request that would have asked.
  answer.catch(() => undefined);
  answers.set(url, answer);
  setTimeout(() => answers.delete(url), TOO_OLD);
}

/** The answer to a GET of this address, if it was asked for early; undefined the second time. */
export function takeEarly(url: string): Promise<Response> | undefined {
  const answer = answers.get(url);
  answers.delete(url);
  return answer;
}
