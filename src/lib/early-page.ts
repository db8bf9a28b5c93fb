/**
 * What stands on the page before the program: put there by the early script, taken over by the
 * program. The markup comes from the build (`src/prerender.tsx`).
 */

/** Placeholders for the site's own texts in that markup: private-use characters. */
export const APP_NAME = '\u{E000}';
export const SERVER_LABEL = '\u{E001}';

const TEMPLATE = 'first-list';

/** What was done on the page before the program was there. */
interface Used {
  readonly root: HTMLElement;
  /** The controls in their order, which is the same on the program's page. */
  order: readonly HTMLElement[];
  filled: boolean;
  typed: string;
  focused: HTMLElement | undefined;
  pressed: HTMLElement | undefined;
}

/** Made, and not yet in the document. */
let prepared: DocumentFragment | undefined;
let shown: Used | undefined;
let closed = false;

const nextButton = (place: ParentNode): HTMLButtonElement | undefined =>
  [...place.querySelectorAll<HTMLButtonElement>('nav button')].at(-1);

/**
 * Makes the page of the first list, unless the build has no such page.
 *
 * @param words of the site
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
 * Shows the page with the shadow of each row, unless the program draws already.
 *
 * @param rows how many shadows
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
 * Shows the page with its rows, or puts them where their shadows are.
 *
 * @param below how many rows follow: these keep their shadows
 * @param hasNext whether a page follows
 * @returns false where there is no such page, or the program draws already
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
  page.order = controls();
  page.filled = true;
  return true;
}

/**
 * Puts the rows that follow where their shadows are.
 *
 * @returns false where the program draws already
 */
export function addEarlyRows(rows: readonly Node[]): boolean {
  if (closed || !shown) return false;
  const all = [...shown.root.querySelectorAll('tbody tr')];
  rows.forEach((row, n) => all[all.length - rows.length + n]?.replaceWith(row));
  shown.order = controls();
  return true;
}

/** The page in the document, where it stays until the program takes its place. */
function standing(): Used | undefined {
  const root = document.getElementById('root');
  if (closed || shown || !root || !prepared) return shown;
  root.replaceChildren(prepared);
  for (const name of EVENTS) root.addEventListener(name, note, true);
  shown = {
    root,
    order: controls(),
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

/** Nothing works yet: what was pressed last is pressed again once it does. */
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
 * From here on the program draws.
 *
 * @returns what stands there and waits for the program to take its place
 */
export function closeEarlyPage(): 'nothing' | 'page' | 'patients' {
  closed = true;
  if (!shown) return 'nothing';
  return shown.filled ? 'patients' : 'page';
}

/** What a control says and leads to: namesakes say the same. */
const meaning = (control: HTMLElement | undefined): string =>
  `${control?.textContent} ${(control as HTMLAnchorElement | undefined)?.href}`;

/** Call when the program's own page has taken its place: nothing typed or pressed is lost. */
export function resumeEarlyPage(): void {
  if (!shown) return;
  const { root, order, typed, focused, pressed } = shown;
  shown = undefined;
  for (const name of EVENTS) root.removeEventListener(name, note, true);
  const all = controls();
  // The same control of the program's page; none where the page turned out to be another one.
  const twin = (old: HTMLElement | undefined): HTMLElement | undefined => {
    const found = old && all[order.indexOf(old)];
    return meaning(found) === meaning(old) ? found : undefined;
  };
  twin(focused)?.focus({ preventScroll: true });
  const input = document.querySelector<HTMLInputElement>('#root input');
  if (typed && input) {
    // As typing would: React watches the element's own property, and hears only the prototype's.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, typed);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }
  twin(pressed)?.click();
}
