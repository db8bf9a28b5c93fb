/**
 * Id of the server that the user last tried to sign in to. After a failed sign-in the access check
 * starts with it. Kept in memory only.
 */
export const lastTried: { server?: string } = {};
