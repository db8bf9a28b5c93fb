import { createContext, use, useCallback, useEffect, useRef, type RefObject } from 'react';

/** Tells whether an inner page takes the focus when it appears. */
export const TakesFocus = createContext((): boolean => true);

/**
 * Returns the value of {@link TakesFocus} for an outer page: false until the URL changes after it
 * was opened. Until then the outer heading has the focus, or an element that the user has focused
 * since.
 */
export function useTakesFocus(): () => boolean {
  const opened = useRef(window.location.pathname);
  const moved = useRef(false);
  return useCallback(() => {
    moved.current ||= window.location.pathname !== opened.current;
    return moved.current;
  }, []);
}

/** Returns the ref for the heading of an inner page, such as a panel of a chart. */
export function useInnerHeadingFocus(): RefObject<HTMLHeadingElement | null> {
  const ref = useRef<HTMLHeadingElement>(null);
  const takesFocus = use(TakesFocus);
  useEffect(() => {
    if (takesFocus()) ref.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  return ref;
}
