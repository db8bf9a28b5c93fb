/**
 * Ids of the texts that `index.html` shows before the program runs: that it is loading, that it
 * failed to load, and the label of the reload button. The build writes them into `index.html` in
 * every language.
 */
export const START_TEXTS = ['startLoading', 'startFailed', 'startReload'] as const;
