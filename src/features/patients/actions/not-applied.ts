/** The server accepted the update (2xx) but did not store the change. */
export class NotApplied extends Error {
  /** Names of the elements that the server did not store as they were sent (`notKept`). */
  readonly lost: readonly string[];

  constructor(lost: readonly string[]) {
    super('the server took the change and did not keep it');
    this.lost = lost;
  }
}
