import { useEffect, useRef, useState, type RefObject } from 'react';

/** Height reserved for the lines that replace a tall banner. */
const LINE = '5.5rem';

/**
 * Keeps the fixed banner from covering content: an element that is scrolled to or focused stops
 * below it (WCAG 2.2, 2.4.11). A banner higher than a third of the window scrolls with the page
 * instead (`data-tall`); `away` is true while it is out of view, and a few lines replace it.
 */
export function useKeepClear(): { ref: RefObject<HTMLElement | null>; away: boolean } {
  const ref = useRef<HTMLElement>(null);
  const [tall, setTall] = useState(false);
  const [gone, setGone] = useState(false);
  useEffect(() => {
    const banner = ref.current;
    if (!banner) return undefined;
    const root = document.documentElement;
    const measure = (): void => {
      const height = banner.offsetHeight;
      const isTall = height > window.innerHeight / 3;
      banner.toggleAttribute('data-tall', isTall);
      root.style.scrollPaddingTop = isTall ? LINE : `${height + 8}px`;
      // Used by elements that stick below the banner.
      banner.parentElement?.style.setProperty('--banner-height', isTall ? LINE : `${height}px`);
      setTall(isTall);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(banner);
    const sight = new IntersectionObserver((entries) =>
      setGone(entries.at(-1)?.isIntersecting === false),
    );
    sight.observe(banner);
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      sight.disconnect();
      window.removeEventListener('resize', measure);
      root.style.scrollPaddingTop = '';
    };
  }, []);
  return { ref, away: tall && gone };
}
