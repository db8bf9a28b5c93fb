/**
 * A duplicated tab holds the same refresh token as the one it was made from. A server that rotates
 * it takes the second use for a theft and ends the session in both (RFC 9700, 4.14.2). So the tabs
 * of one session take turns, and whoever wants to renew first asks the others for what they have.
 *
 * Tokens travel encrypted under a key that only these tabs know, because it was copied with the
 * storage of the tab.
 */

/** Kept in the storage of the tab, beside the session. */
export interface ShareSecret {
  /** Names the session among the tabs; opaque. */
  readonly id: string;
  /** AES-GCM, 256 bits, as a JSON Web Key. */
  readonly key: JsonWebKey;
}

/** What a tab holds, in the form of its kind of session. */
export interface Renewable {
  /** How often the session has been renewed: more is newer. */
  readonly renewals: number;
}

export interface SharedTokens<T extends Renewable> {
  /**
   * Runs one thing at a time in all tabs of the session.
   *
   * @throws a `TimeoutError` where another tab does not let go
   */
  inTurn<R>(work: () => Promise<R>): Promise<R>;
  /** The tokens of another tab, where they are newer than the own ones. */
  newer(): Promise<T | undefined>;
}

const CHANNEL = 'pb.tokens';
/**
 * A tab that sleeps does not answer, and nobody waits long for it. One that is only busy, on a busy
 * machine, does: without its tokens a refresh token is sent that it has used up. Whoever has nothing
 * newer answers too, so that this is waited for in vain only where somebody sleeps.
 */
const ANSWER_MS = 4000;
/**
 * Longer than a tab needs: 30 seconds for an answer, ten for a hidden frame, and for the other tabs.
 * Nobody goes ahead without a turn: the tab that does not let go may have used up the refresh token.
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
  /** Tells the answers from late ones to an earlier question; sealed with them. */
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
  if (typeof value !== 'object' || value === null) return undefined;
  const message = value as Partial<Record<string, unknown>>;
  if (message['id'] !== id) return undefined;
  const { type, question, iv, data } = message;
  if (typeof question !== 'string') return undefined;
  if (type === 'ask') return { type, id, question };
  if (type === 'answer' && iv instanceof Uint8Array && data instanceof ArrayBuffer) {
    return { type, id, question, iv: new Uint8Array(iv), data };
  }
  return undefined;
}

/** For a session that has no other tab, or a browser that cannot tell. */
const ALONE: SharedTokens<never> = {
  inTurn: (work) => work(),
  newer: () => Promise.resolve(undefined),
};

/**
 * @param own the tokens of this tab, read at each use
 * @param read what another tab has sent; undefined where it is none
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
    return ALONE; // storage is partitioned or blocked: each tab is on its own
  }
  // Held for as long as the tab lives: the others count these.
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

  /** @throws where it is not from a tab of this session */
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
          hear(message).catch(() => undefined); // a stranger's is no answer
        };
        const timer = setTimeout(done, ANSWER_MS);
        channel.addEventListener('message', receive);
        say({ type: 'ask', id, question });
      });
    },
  };
}
