import type { Adapter, AdapterFactory, AdapterPayload, ClientMetadata } from 'oidc-provider';

interface Item {
  readonly payload: AdapterPayload;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/**
 * Returns storage in memory for one oidc-provider. The library's own memory adapter is one store
 * for the whole process, in which two providers would mix their sessions.
 *
 * @param client the one registered client; read at each use, so that redirect URIs may change
 */
export function memoryAdapter(client: () => ClientMetadata): AdapterFactory {
  const items = new Map<string, Item>();

  const live = (key: string): AdapterPayload | undefined => {
    const item = items.get(key);
    if (!item) return undefined;
    if (item.expiresAt > Date.now()) return item.payload;
    items.delete(key);
    return undefined;
  };

  return (model: string): Adapter => ({
    upsert(id, payload, expiresIn) {
      const expiresAt = expiresIn === undefined ? Infinity : Date.now() + expiresIn * 1000;
      items.set(`${model}:${id}`, { payload, expiresAt });
      return Promise.resolve();
    },
    find(id) {
      if (model !== 'Client') return Promise.resolve(live(`${model}:${id}`));
      const registered = client();
      return Promise.resolve(
        id === registered.client_id ? (registered as AdapterPayload) : undefined,
      );
    },
    findByUid(uid) {
      for (const [key, item] of items) {
        if (key.startsWith(`${model}:`) && item.payload.uid === uid)
          return Promise.resolve(live(key));
      }
      return Promise.resolve(undefined);
    },
    findByUserCode: () => Promise.resolve(undefined),
    consume(id) {
      const payload = live(`${model}:${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      return Promise.resolve();
    },
    destroy(id) {
      items.delete(`${model}:${id}`);
      return Promise.resolve();
    },
    revokeByGrantId(grantId) {
      for (const [key, item] of items) {
        if (item.payload.grantId === grantId && !key.startsWith('Grant:')) items.delete(key);
      }
      return Promise.resolve();
    },
  });
}
