import { isRecord } from '#lib/narrow.ts';
import { storageKey } from '#lib/url.ts';

/** Messages between the tabs of the app. They contain no data about users or patients. */
export type TabMessage =
  /** A user is active, so no tab is idle. `at` in milliseconds since the epoch. */
  | { readonly type: 'active'; readonly at: number }
  /**
   * All sessions of the app in this browser have ended, whatever their server, because the next
   * user may take over the workstation.
   */
  | { readonly type: 'signed-out' };

const NAME = storageKey('session');

let channel: BroadcastChannel | undefined;
const open = (): BroadcastChannel | undefined => {
  if (typeof BroadcastChannel === 'undefined') return undefined;
  try {
    return (channel ??= new BroadcastChannel(NAME));
  } catch {
    return undefined; // storage is partitioned or blocked, so tabs cannot communicate
  }
};

function isMessage(value: unknown): value is TabMessage {
  if (!isRecord(value)) return false;
  if (value['type'] === 'active') return typeof value['at'] === 'number';
  return value['type'] === 'signed-out';
}

export function tellTabs(message: TabMessage): void {
  open()?.postMessage(message);
}

/** @returns the function that stops listening */
export function onTabMessage(listener: (message: TabMessage) => void): () => void {
  const source = open();
  const receive = (event: MessageEvent<unknown>): void => {
    if (isMessage(event.data)) listener(event.data);
  };
  source?.addEventListener('message', receive);
  return () => source?.removeEventListener('message', receive);
}
