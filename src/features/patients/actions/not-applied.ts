/** A server took a change, and what came back does not say what the change was about. */
export class NotApplied extends Error {
  /** What it did not keep as it was sent: names of elements, of `notKept`. */
  readonly lost: readonly string[];

  constructor(lost: readonly string[]) {
    super('the server took the change and did not keep it');
    this.lost = lost;
  }
}
