/**
 * Defers the code that draws a panel's rows: it loads while the search runs, because no row is
 * drawn before the response.
 */
export function drawnLater<Module>(fetchModule: () => Promise<Module>) {
  let loaded: Module | undefined;
  return {
    /** Passed as the panel's `load`; a page of rows waits for it. */
    load: async (): Promise<void> => {
      loaded ??= await fetchModule();
    },
    drawn: (): Module => {
      if (!loaded) throw new Error('A panel draws no row before it was loaded.');
      return loaded;
    },
  };
}
