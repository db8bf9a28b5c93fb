const fetchNow = () => import('./later.ts');

let fetched: ReturnType<typeof fetchNow> | undefined;

/**
 * What the list takes once it stands. Asked for once, as even to find what is there already is not
 * free; and again if that failed.
 *
 * @throws {TypeError} if it cannot be fetched
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
