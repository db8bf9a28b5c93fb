/**
 * Hook that asks the user before a sign-out by button, if it would lose unsaved input. Resolves to
 * false to stay signed in. Not called for a sign-out by idleness or in another tab.
 */
export const beforeSignOut: { ask?: (() => Promise<boolean>) | undefined } = {};
