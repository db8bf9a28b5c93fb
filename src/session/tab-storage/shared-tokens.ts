import { isRecord } from '#lib/narrow.ts';
import { storageKey } from '#lib/url.ts';

/**
 * A duplicated tab has the same refresh token as the original. A server that rotates refresh tokens
 * treats the second use as theft and ends the session in both tabs (RFC 9700, 4.14.2). So the tabs
 * of one session take turns, and a tab asks the others for newer tokens before it renews.
 *
 * Tokens are sent encrypted with a key that only these tabs have, because it was copied with the
 * storage of the tab.
 */

/** Secret that is stored in the tab beside the session. */
export interface ShareSecret {
  /** Opaque identifier of the session that its tabs share. */
  readonly id: string;
  /** AES-GCM, 256 bits, as a JSON Web Key. */
  readonly key: JsonWebKey;
}

/** Tokens of a tab; each session kind adds its own fields. */
export interface Renewable {
  /** Number of renewals of the session; a higher number is newer. */
  readonly renewals: number;
}

export interface SharedTokens<T extends Renewable> {
  /**
   * Runs `work` while no other tab of the session runs any.
   *
   * @throws a `TimeoutError` if another tab does not release the lock
   */
  inTurn<R>(work: () => Promise<R>): Promise<R>;
  /** Returns the tokens of another tab if they are newer than those of this tab. */
  newer(): Promise<T | undefined>;
}

const CHANNEL = storageKey('tokens');
/**
 * Milliseconds to wait for answers of other tabs. A busy tab needs time, and without its tokens
 * this tab would send a used refresh token. Tabs without newer tokens answer too, so only a
 * sleeping tab makes this tab wait in vain.
 */
const ANSWER_MS = 4000;
/**
 * Milliseconds to wait for the lock, longer than a tab holds it: 30 seconds for a response, ten for
 * a hidden frame, and the wait for other tabs. Without the lock a tab must not renew, because the
 * tab that holds it may have used the refresh token.
 */
const TURN_MS = 50_000;
const CIPHER = { name: 'AES-GCM', length: 256 };

const cipher = (iv: Uint8Array<ArrayBuffer>, question: string): AesGcmParams => ({
  ...CIPHER,
  iv,
  additionalData: new TextEncoder().encode(question),
});

export async function makeShareSecret(): Promise<ShareSecret> {
  const key = await crypto.subtle.generateKey(CIPHER, true, ['encrypt', 'decrypt']);
  return { id: crypto.randomUUID(), key: await crypto.subtle.exportKey('jwk', key) };
}

interface Ask {
  readonly type: 'ask';
  readonly id: string;
  /** Identifies the answers to this question; authenticated with the encryption. */
  readonly question: string;
}
interface Answer {
  readonly type: 'answer';
  readonly id: string;
  readonly question: string;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

function readMessage(value: unknown, id: string): Ask | Answer | undefined {
  if (!isRecord(value) || value['id'] !== id) return undefined;
  const { type, question, iv, data } = value;
  if (typeof question !== 'string') return undefined;
  if (type === 'ask') return { type, id, question };
  if (type === 'answer' && iv instanceof Uint8Array && data instanceof ArrayBuffer) {
    return { type, id, question, iv: new Uint8Array(iv), data };
  }
  return undefined;
}

/** Used for a session without other tabs, and in browsers that cannot coordinate tabs. */
const ALONE: SharedTokens<never> = {
  inTurn: (work) => work(),
  newer: () => Promise.resolve(undefined),
};

/**
 * Coordinates token renewal between the tabs of one session.
 *
 * @param own returns the current tokens of this tab
 * @param read parses tokens from another tab; undefined if they are invalid
 */
export function shareTokens<T extends Renewable>(
  secret: ShareSecret | undefined,
  own: () => T | undefined,
  read: (value: unknown) => T | undefined,
): SharedTokens<T> {
  if (!secret || !('locks' in navigator) || typeof BroadcastChannel === 'undefined') return ALONE;
  const { id } = secret;
  const present = `pb.tokens.tab.${id}`;
  const key = crypto.subtle.importKey('jwk', secret.key, CIPHER, false, ['encrypt', 'decrypt']);
  let channel: BroadcastChannel;
  try {
    channel = new BroadcastChannel(CHANNEL);
  } catch {
    return ALONE; // storage is partitioned or blocked, so tabs cannot communicate
  }
  // Each tab holds this shared lock until it closes; other tabs count the locks.
  const forGood = new Promise<void>(() => {});
  navigator.locks.request(present, { mode: 'shared' }, () => forGood).catch(() => {});

  const say = (message: Ask | Answer): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
    channel.postMessage(message);
  };
  const answer = async ({ question }: Ask): Promise<void> => {
    const tokens = own() ?? null;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(tokens));
    const data = await crypto.subtle.encrypt(cipher(iv, question), await key, text);
    say({ type: 'answer', id, question, iv, data });
  };
  channel.addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = readMessage(event.data, id);
    if (message?.type === 'ask') answer(message).catch(() => {});
  });

  /** Decrypts an answer. Throws if it is not from a tab of this session. */
  const open = async ({ iv, data, question }: Answer): Promise<T | undefined> => {
    const text = await crypto.subtle.decrypt(cipher(iv, question), await key, data);
    return read(JSON.parse(new TextDecoder().decode(text)));
  };

  return {
    inTurn: (work) =>
      navigator.locks.request(
        `pb.tokens.renew.${id}`,
        { signal: AbortSignal.timeout(TURN_MS) },
        work,
      ),
    async newer() {
      const { held = [] } = await navigator.locks.query();
      let awaited = held.filter(({ name }) => name === present).length - 1;
      if (awaited < 1) return undefined;
      const renewals = own()?.renewals ?? 0;
      const question = crypto.randomUUID();
      return new Promise((resolve) => {
        const done = (tokens?: T): void => {
          clearTimeout(timer);
          channel.removeEventListener('message', receive);
          resolve(tokens);
        };
        const hear = async (heard: Answer): Promise<void> => {
          const tokens = await open(heard);
          awaited -= 1;
          if (tokens && tokens.renewals > renewals) done(tokens);
          else if (awaited === 0) done();
        };
        const receive = (event: MessageEvent<unknown>): void => {
          const message = readMessage(event.data, id);
          if (message?.type !== 'answer' || message.question !== question) return;
          hear(message).catch(() => undefined); // an answer from outside the session is ignored
        };
        const timer = setTimeout(done, ANSWER_MS);
        channel.addEventListener('message', receive);
        say({ type: 'ask', id, question });
      });
    },
  };
}
