/**
 * What the page itself says as long as there is no program: that it is on its way, that it has not
 * come, and what to press then. The build writes them into `index.html`, in every language.
 */
export const START_TEXTS = ['startLoading', 'startFailed', 'startReload'] as const;
