/**
 * What stands on the page before the program: put there by the early script, taken over by the
 * program. The markup comes from the build (`src/prerender.tsx`).
 */

/** Stand for the site's own words in that markup; private-use characters, which nobody writes. */
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

let shown: Used | undefined;
let closed = false;

const nextButton = (): HTMLButtonElement | undefined =>
  [...document.querySelectorAll<HTMLButtonElement>('#root nav button')].at(-1);

/**
 * Shows the page of the first list with the shadow of each row, unless the build has no such page
 * or the program draws already.
 *
 * @param words of the site
 * @param rows how many shadows
 */
export function showEarlyPage(
  words: { readonly appName: string; readonly label: string },
  rows: number,
): void {
  const template = document.getElementById(TEMPLATE);
  const root = document.getElementById('root');
  if (closed || !(template instanceof HTMLTemplateElement) || !root) return;
  const page = document.importNode(template.content, true);
  const texts = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (text.nodeValue === APP_NAME) text.nodeValue = words.appName;
    else if (text.nodeValue === SERVER_LABEL) text.nodeValue = words.label;
  }
  for (const styled of page.querySelectorAll<HTMLElement>('[data-style]')) {
    styled.style.cssText = styled.dataset['style'] ?? '';
  }
  const shadow = page.querySelector('tbody tr');
  for (let more = 1; more < rows; more += 1) shadow?.after(shadow.cloneNode(true));
  root.replaceChildren(page);
  const next = nextButton();
  if (next) next.disabled = true;
  shown = {
    root,
    order: controls(),
    filled: false,
    typed: '',
    focused: undefined,
    pressed: undefined,
  };
  for (const name of EVENTS) root.addEventListener(name, note, true);
}

/**
 * Puts the rows where their shadows are.
 *
 * @param hasNext whether a page follows
 * @returns false where there is no such page, or the program draws already
 */
export function fillEarlyPage(rows: readonly Node[], hasNext: boolean): boolean {
  const body = document.querySelector('#root tbody');
  const next = nextButton();
  if (closed || !shown || !body || !next) return false;
  body.replaceChildren(...rows);
  next.disabled = !hasNext;
  shown.order = controls();
  shown.filled = true;
  return true;
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
    return found?.textContent === old?.textContent ? found : undefined;
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
