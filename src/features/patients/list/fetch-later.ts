const fetchNow = () => import('./later.ts');

let fetched: ReturnType<typeof fetchNow> | undefined;

/**
 * Loads the code that the list needs only after its first rows. The import runs once, because even
 * an import of loaded code takes time, and again only after a failure.
 *
 * @throws {TypeError} if the code cannot be fetched
 */
export async function fetchLater(): ReturnType<typeof fetchNow> {
  fetched ??= fetchNow();
  try {
    return await fetched;
  } catch (error) {
    fetched = undefined;
    throw error;
  }
}
