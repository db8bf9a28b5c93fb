/**
 * Asked before a sign-out by button, where somebody would lose something by it: answers false to
 * stay. Not asked before one by idleness or in another tab.
 */
export const beforeSignOut: { ask?: (() => Promise<boolean>) | undefined } = {};
