/**
 * The prerendered first list. The early script shows it while the app is loading, and the app then
 * replaces it with its own page. The markup comes from the build (`src/prerender.tsx`).
 */

/** Private-use characters that stand for the site's own texts in that markup. */
export const APP_NAME = '\u{E000}';
export const SERVER_LABEL = '\u{E001}';

const TEMPLATE = 'first-list';

/** The prerendered page in the document, with what the user did on it before the app was loaded. */
interface Used {
  readonly root: HTMLElement;
  /**
   * The controls in document order, which is the same on the app's own page. Listed when that page
   * is about to be drawn.
   */
  order: readonly HTMLElement[];
  /** Whether the rows of the list are shown, not only their placeholders. */
  filled: boolean;
  typed: string;
  focused: HTMLElement | undefined;
  pressed: HTMLElement | undefined;
}

/** The page before it is inserted into the document. */
let prepared: DocumentFragment | undefined;
let shown: Used | undefined;
/** Whether the app has started to render. */
let closed = false;

const nextButton = (place: ParentNode): HTMLButtonElement | undefined =>
  [...place.querySelectorAll<HTMLButtonElement>('nav button')].at(-1);

/**
 * Prepares the page of the first list from its template, if the build has one.
 *
 * @param words the site's own texts
 */
export function prepareEarlyPage(words: {
  readonly appName: string;
  readonly label: string;
}): void {
  const template = document.getElementById(TEMPLATE);
  if (!(template instanceof HTMLTemplateElement)) return;
  prepared = document.importNode(template.content, true);
  const texts = document.createTreeWalker(prepared, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (text.nodeValue === APP_NAME) text.nodeValue = words.appName;
    else if (text.nodeValue === SERVER_LABEL) text.nodeValue = words.label;
  }
  for (const styled of prepared.querySelectorAll<HTMLElement>('[data-style]')) {
    styled.style.cssText = styled.dataset['style'] ?? '';
  }
}

/**
 * Shows the page with placeholder rows, unless the app has started to render.
 *
 * @param rows number of placeholder rows
 */
export function showEarlyPage(rows: number): void {
  const body = prepared?.querySelector('tbody');
  const next = prepared && nextButton(prepared);
  if (!body || !next) return;
  body.replaceChildren(...shadows(body, rows));
  next.disabled = true;
  standing();
}

const shadows = (body: Element, count: number): Node[] =>
  Array.from({ length: count }, () => body.lastElementChild!.cloneNode(true));

/**
 * Shows the page with `rows`, or replaces its placeholders with them if it is shown already.
 *
 * @param below number of rows still to come, which stay placeholders
 * @param hasNext whether the list has a next page
 * @returns false if the build has no such page, or the app has started to render
 */
export function fillEarlyPage(rows: readonly Node[], below: number, hasNext: boolean): boolean {
  const place = shown?.root ?? prepared;
  const body = place?.querySelector('tbody');
  const next = place && nextButton(place);
  if (closed || !body || !next) return false;
  body.replaceChildren(...rows, ...shadows(body, below));
  next.disabled = !hasNext;
  const page = standing();
  if (!page) return false;
  page.filled = true;
  return true;
}

/**
 * Replaces the last placeholders with the remaining rows.
 *
 * @returns false if the page is not shown, or the app has started to render
 */
export function addEarlyRows(rows: readonly Node[]): boolean {
  if (closed || !shown) return false;
  const all = [...shown.root.querySelectorAll('tbody tr')];
  rows.forEach((row, n) => all[all.length - rows.length + n]?.replaceWith(row));
  return true;
}

/** Inserts the page into the document, unless it is there already or the app renders. */
function standing(): Used | undefined {
  const root = document.getElementById('root');
  if (closed || shown || !root || !prepared) return shown;
  root.replaceChildren(prepared);
  for (const name of EVENTS) root.addEventListener(name, note, true);
  shown = {
    root,
    order: [],
    filled: false,
    typed: '',
    focused: undefined,
    pressed: undefined,
  };
  return shown;
}

const EVENTS = ['click', 'focusin', 'input', 'submit'] as const;

const controls = (): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>('#root :is(a, button, input, select)'),
];

/** Records typing, focus and clicks: the controls work only after the app has replaced the page. */
function note(event: Event): void {
  const { target, type } = event;
  const control =
    target instanceof Element ? target.closest<HTMLElement>('a, button, input') : null;
  if (!shown) return;
  if (type === 'submit') event.preventDefault();
  if (!control) return;
  if (type === 'focusin') shown.focused = control;
  if (type === 'input') shown.typed = (control as HTMLInputElement).value;
  const { metaKey, ctrlKey, shiftKey } = event as MouseEvent;
  if (type !== 'click' || metaKey || ctrlKey || shiftKey || control.matches('input')) return;
  event.preventDefault();
  shown.pressed = control;
}

/**
 * Call when the app starts to render: from then on this page no longer changes.
 *
 * @returns what is on screen: nothing, the page with placeholder rows, or the page with patients
 */
export function closeEarlyPage(): 'nothing' | 'page' | 'patients' {
  closed = true;
  if (!shown) return 'nothing';
  shown.order = controls();
  return shown.filled ? 'patients' : 'page';
}

/** Text and link target of a control. Texts alone are not unique: patients can share a name. */
const meaning = (control: HTMLElement | undefined): string =>
  `${control?.textContent} ${(control as HTMLAnchorElement | undefined)?.href}`;

/** Call when the app's own page is in the document: repeats the user's typing and clicks there. */
export function resumeEarlyPage(): void {
  if (!shown) return;
  const { root, order, typed, focused, pressed } = shown;
  shown = undefined;
  for (const name of EVENTS) root.removeEventListener(name, note, true);
  const all = controls();
  // The same control on the app's page; undefined if the app shows a different page.
  const twin = (old: HTMLElement | undefined): HTMLElement | undefined => {
    const found = old && all[order.indexOf(old)];
    return meaning(found) === meaning(old) ? found : undefined;
  };
  twin(focused)?.focus({ preventScroll: true });
  const input = document.querySelector<HTMLInputElement>('#root input');
  if (typed && input) {
    // React overrides `value` on the element itself and ignores a change made through that
    // override.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, typed);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }
  twin(pressed)?.click();
}
