/**
 * Requests a style sheet that failed to load again: once online, or else after 1, 2, 4, … seconds.
 * Vite's code, which loads the style sheets of a page or part, tries each only once, so a page that
 * was first opened offline would stay without its styles until it is reloaded.
 */
export function retryStyles(): void {
  // Listens in the capture phase, because the event does not bubble.
  document.addEventListener(
    'error',
    ({ target }) => {
      if (!(target instanceof HTMLLinkElement) || target.rel !== 'stylesheet') return;
      const { tries = '0' } = target.dataset;
      const next = target.cloneNode() as HTMLLinkElement;
      next.dataset['tries'] = `${Number(tries) + 1}`;
      const again = (): void => target.replaceWith(next);
      if (navigator.onLine) setTimeout(again, 1000 * 2 ** Number(tries));
      else addEventListener('online', again, { once: true });
    },
    true,
  );
}
