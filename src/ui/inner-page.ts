import { createContext, use, useCallback, useEffect, useRef, type RefObject } from 'react';

/** Whether an inner page that comes on screen takes the focus. */
export const TakesFocus = createContext((): boolean => true);

/**
 * What the page around gives by {@link TakesFocus}: no, as long as it is where it was opened. Its
 * own heading has the focus then, or what the person has gone on to since.
 */
export function useTakesFocus(): () => boolean {
  const opened = useRef(window.location.pathname);
  const moved = useRef(false);
  return useCallback(() => {
    moved.current ||= window.location.pathname !== opened.current;
    return moved.current;
  }, []);
}

/** The ref of the heading of a page inside another, such as a panel of a chart. */
export function useInnerHeadingFocus(): RefObject<HTMLHeadingElement | null> {
  const ref = useRef<HTMLHeadingElement>(null);
  const takesFocus = use(TakesFocus);
  useEffect(() => {
    if (takesFocus()) ref.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  return ref;
}
