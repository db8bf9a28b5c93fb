import { startTransition, useEffect, useState, type ComponentType } from 'react';
import { notLoaded } from './not-loaded.ts';

/** Props of the component shown in place of a part that could not be loaded. */
export interface MissingPart {
  /** Why it did not come: `NetworkError` where the device is offline, else what `import()` threw. */
  readonly error: unknown;
  /** Fetches the part once more; this stays on screen until there is an answer. */
  readonly onRetry: () => void;
}

/** A part of a page whose code is fetched when it is first drawn. */
export type LazyPart<P> = ComponentType<P> & {
  /**
   * Fetches the code ahead, for what may be wanted when the network is gone. Never rejects: where it
   * fails, the part is fetched once more when it is drawn.
   */
  readonly fetch: () => Promise<void>;
};

/**
 * A part of a page that is fetched when it is drawn, in place of `React.lazy` and `Suspense`: those
 * give the whole page up where the file does not come, and keep the rejection for ever. Here the
 * page stays, with `Missing` in the place of the part alone, and each retry, like each new opening,
 * fetches again. (Browsers before 2026 may remember themselves that a file did not come: there only
 * a reload helps, see https://github.com/whatwg/html/issues/6768.)
 *
 * Nothing is drawn while the file is on its way. For parts that stand on a page once.
 *
 * @param load imports the component, anew each time it is called
 * @param Missing gets the part's own props too, so that a dialog's can be closed; it has to be there
 *   when the network is not. `PartMissing` where `ErrorAlert` is loaded anyway.
 */
export function lazyPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  Missing: ComponentType<P & MissingPart>,
): LazyPart<P> {
  let Part: ComponentType<P> | undefined;
  let missing: { readonly error: unknown; readonly nth: number } | undefined;
  const fetch = async (): Promise<void> => {
    try {
      Part = await load();
    } catch (error) {
      missing = { error: notLoaded(error), nth: (missing?.nth ?? 0) + 1 };
    }
  };
  const Shown = (props: P) => {
    const [, draw] = useState({});
    const ask = (): void => void fetch().then(() => startTransition(() => draw({})));
    useEffect(() => {
      if (!Part) ask();
      return () => {
        missing = undefined;
      };
      // oxlint-disable-next-line react/exhaustive-deps -- when it is first drawn, and never again
    }, []);
    if (Part) return <Part {...props} />;
    // A new key for each failure, so that a repeated message is announced again.
    return missing && <Missing key={missing.nth} {...props} error={missing.error} onRetry={ask} />;
  };
  return Object.assign(Shown, { fetch });
}
