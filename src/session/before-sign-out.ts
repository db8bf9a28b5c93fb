type Question = () => Promise<boolean>;

let question: Question | undefined;

/**
 * Has somebody asked before a sign-out by button; not before one by idleness or in another tab.
 *
 * @param ask answers false to stay
 * @returns takes it back
 */
export function askBeforeSignOut(ask: Question): () => void {
  question = ask;
  return () => {
    if (question === ask) question = undefined;
  };
}

/** Whether to sign out: nobody has anything against it. */
export const maySignOut: Question = async () => (await question?.()) ?? true;
