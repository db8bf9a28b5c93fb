import { isRecord } from '#lib/narrow.ts';
import { storageKey } from '#lib/url.ts';

/**
 * Tabs broadcast a hash of the open patient, to warn when two tabs show different patients. The
 * hash is enough to compare, and never leaves this browser.
 */
type TabMessage =
  /** This tab shows a patient; `ask` requests the same message from the others. */
  | { readonly type: 'here'; readonly tab: string; readonly patient: string; readonly ask: boolean }
  /** This tab shows no patient any more. */
  | { readonly type: 'gone'; readonly tab: string };

const NAME = storageKey('patients');

const word = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 64;

/** Reads a message of another tab, which may run another version of this program. */
export function readMessage(value: unknown): TabMessage | undefined {
  if (!isRecord(value) || !word(value['tab'])) return undefined;
  const { type, tab, patient, ask } = value;
  if (type === 'gone') return { type, tab };
  if (type !== 'here' || !word(patient)) return undefined;
  return { type, tab, patient, ask: ask === true };
}

/**
 * SHA-256 of server and id as hexadecimal text; undefined outside secure contexts, where browsers
 * do not hash.
 */
export async function patientHash(baseUrl: string, id: string): Promise<string | undefined> {
  if (typeof crypto === 'undefined' || !('subtle' in crypto)) return undefined;
  const bytes = new TextEncoder().encode(`${baseUrl}/Patient/${id}`);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Announces to the other tabs that this one shows a patient, until the returned function is called.
 *
 * @param patient see {@link patientHash}
 * @param changed called with whether any other tab shows another patient
 */
export function sharePatient(patient: string, changed: (elsewhere: boolean) => void): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => undefined;
  const channel = new BroadcastChannel(NAME);
  const tab = crypto.randomUUID();
  const others = new Map<string, string>();
  const tell = (): void => changed([...others.values()].some((other) => other !== patient));
  // A BroadcastChannel has no target origin: it reaches this origin only.
  const post = channel.postMessage.bind(channel) as (message: TabMessage) => void;
  const say = (ask: boolean): void => post({ type: 'here', tab, patient, ask });
  const leave = (): void => post({ type: 'gone', tab });
  channel.addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = readMessage(event.data);
    if (!message || message.tab === tab) return;
    if (message.type === 'gone') others.delete(message.tab);
    else others.set(message.tab, message.patient);
    if (message.type === 'here' && message.ask) say(false);
    tell();
  });
  // A tab that crashed sent no message: ask the others again whenever this tab becomes visible.
  const look = (): void => {
    if (document.visibilityState !== 'visible') return;
    others.clear();
    say(true);
    setTimeout(tell, 300);
  };
  document.addEventListener('visibilitychange', look);
  window.addEventListener('pagehide', leave);
  say(true);
  return () => {
    document.removeEventListener('visibilitychange', look);
    window.removeEventListener('pagehide', leave);
    leave();
    channel.close();
  };
}
