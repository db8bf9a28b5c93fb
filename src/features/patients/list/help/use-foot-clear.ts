import { useEffect } from 'react';
import list from '../list.module.css';

/**
 * Keeps the foot of the list, which stays at the edge of the window, from covering the row that gets
 * the focus: what is scrolled to stops above it (WCAG 2.2, 2.4.11). It grows with what is selected,
 * and in a low window it scrolls with the page and covers nothing.
 */
export function useFootClear(): void {
  useEffect(() => {
    const foot = document.querySelector<HTMLElement>(`.${list.bottom}`);
    if (!foot) return undefined;
    const root = document.documentElement;
    const measure = (): void => {
      const covers = getComputedStyle(foot).position === 'sticky';
      root.style.setProperty('--foot-height', covers ? `${foot.offsetHeight + 8}px` : '0px');
    };
    const observer = new ResizeObserver(measure);
    observer.observe(foot);
    // Its height need not change where the window's does.
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
      root.style.removeProperty('--foot-height');
    };
  }, []);
}
