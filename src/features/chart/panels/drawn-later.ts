/**
 * What draws the rows of a panel, where that is large: it is fetched while the server is asked,
 * since nobody needs it before the answer.
 */
export function drawnLater<Module>(fetchModule: () => Promise<Module>) {
  let loaded: Module | undefined;
  return {
    /** For the panel's `load`: a page of rows waits for it. */
    load: async (): Promise<void> => {
      loaded ??= await fetchModule();
    },
    drawn: (): Module => {
      if (!loaded) throw new Error('A panel draws no row before it was loaded.');
      return loaded;
    },
  };
}
