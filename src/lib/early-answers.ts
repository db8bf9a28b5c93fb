declare global {
  /** Shared by the app and the early script, which is bundled separately: hence a global. */
  var earlyAnswers: Map<string, Promise<Response>> | undefined;
}

/**
 * Responses to requests that the early script sent while the app was still loading, by URL. Each is
 * handed out once, to the app's own request for the same URL.
 */
const answers = (globalThis.earlyAnswers ??= new Map());

/** Milliseconds after which an unused response is discarded. */
const TOO_OLD = 30_000;

/** Keeps the response to a GET that was sent without a token or other extra headers. */
export function keepEarly(url: string, answer: Promise<Response>): void {
  // The request that takes this promise reports its failure; this avoids an unhandled rejection.
  answer.catch(() => undefined);
  answers.set(url, answer);
  setTimeout(() => answers.delete(url), TOO_OLD);
}

/**
 * Takes the early response to a GET of `url`; undefined if there is none or it was already taken.
 */
export function takeEarly(url: string): Promise<Response> | undefined {
  const answer = answers.get(url);
  answers.delete(url);
  return answer;
}
