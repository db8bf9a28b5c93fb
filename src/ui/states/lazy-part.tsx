import { startTransition, useEffect, useState, type ComponentType } from 'react';
import { notLoaded } from './not-loaded.ts';

/** Props of the component shown in place of a part that could not be loaded. */
export interface MissingPart {
  /** Why it failed: `NetworkError` if the device is offline, otherwise the error of `import()`. */
  readonly error: unknown;
  /** Loads the part again; the message stays until that ends. */
  readonly onRetry: () => void;
}

/** A part of a page whose code is loaded when it is first rendered. */
export type LazyPart<P> = ComponentType<P> & {
  /**
   * Preloads the code of a part that may be needed offline. Never rejects: after a failure the part
   * is loaded again when it is rendered.
   */
  readonly fetch: () => Promise<void>;
};

/**
 * Returns a part of a page that is loaded when it is rendered. Replaces `React.lazy` and
 * `Suspense`, which unmount the whole page if the file cannot be loaded and keep the rejection
 * forever. Here only the part is replaced by `Missing`, and each retry or reopening loads the file
 * again. (Browsers before 2026 may cache a failed import, so that only a reload helps, see
 * https://github.com/whatwg/html/issues/6768.)
 *
 * Renders nothing while the file is loading. Each part may be mounted only once at a time.
 *
 * @param load imports the component, again at each call
 * @param Missing receives the part's props too, so that it can close a dialog. It must be loaded
 * already. Use `PartMissing` where `ErrorAlert` is loaded anyway
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
