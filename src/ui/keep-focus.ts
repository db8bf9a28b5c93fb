/** The element that has the focus, then its ancestors. */
let place: readonly Element[] = [];

function* upwards(element: Element | null): Generator<Element> {
  for (let at = element; at; at = at.parentElement) yield at;
}

/** Focuses the heading of the nearest part of the page that is left, unless something has focus. */
function catchFocus(left: Element | undefined): void {
  const { activeElement, body } = document;
  if (activeElement && activeElement !== body) return;
  const part = left?.closest('dialog, section, main') ?? document.querySelector('main');
  const heading =
    part?.querySelector<HTMLElement>('h1, h2') ?? document.querySelector<HTMLElement>('main h1');
  if (!heading) return;
  if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/**
 * Keeps the place of keyboard users when the control that they pressed disappears, as "Try again"
 * and "Close" do (WCAG 2.2, 2.4.3). Browsers then focus the body, which screen readers read from
 * the top. Components that know a better place focus it themselves before this one looks.
 */
export function keepFocus(): void {
  document.addEventListener('focusin', ({ target }) => {
    place = target instanceof Element ? [...upwards(target)] : [];
  });
  document.addEventListener('focusout', () => {
    // A removal also sends this event; only a focus that the user took away leaves the control.
    queueMicrotask(() => {
      if (place[0]?.isConnected && document.activeElement === document.body) place = [];
    });
  });
  new MutationObserver(() => {
    if (place[0]?.isConnected !== false) return;
    const left = place.find((element) => element.isConnected);
    place = [];
    setTimeout(() => catchFocus(left));
  }).observe(document.body, { childList: true, subtree: true });
}
