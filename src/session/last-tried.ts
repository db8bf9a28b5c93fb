/**
 * The server that somebody last tried to sign in to from this page: where that failed, the access
 * check begins with it. In memory only.
 */
export const lastTried: { server?: string } = {};
