/**
 * What stands on the page before the program: put there by the early script, taken over by the
 * program. The markup comes from the build (`src/prerender.tsx`).
 */

/** Stand for the site's own words in that markup; private-use characters, which nobody writes. */
export const APP_NAME = '\u{E000}';
export const SERVER_LABEL = '\u{E001}';

const TEMPLATE = 'first-list';

/** What was done on the page; controls by their place, which is the same on the program's page. */
interface Used {
  readonly root: HTMLElement;
  typed: string;
  focused: number;
  pressed: number;
}

let shown: Used | undefined;
let closed = false;

/**
 * Shows the page of the first list.
 *
 * @param fill puts the patients into the table's body, unless they are not plain enough (false)
 * @returns false where nothing was shown, also because the build has no such page
 */
export function showEarlyPage(
  words: { readonly appName: string; readonly label: string },
  fill: (body: Element, page: DocumentFragment) => boolean,
): boolean {
  const template = document.getElementById(TEMPLATE);
  const root = document.getElementById('root');
  if (closed || !(template instanceof HTMLTemplateElement) || !root) return false;
  const page = document.importNode(template.content, true);
  const body = page.querySelector('tbody');
  if (!body || !fill(body, page)) return false;
  const texts = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (text.nodeValue === APP_NAME) text.nodeValue = words.appName;
    else if (text.nodeValue === SERVER_LABEL) text.nodeValue = words.label;
  }
  for (const styled of page.querySelectorAll<HTMLElement>('[data-style]')) {
    styled.style.cssText = styled.dataset['style'] ?? '';
  }
  root.replaceChildren(page);
  shown = { root, typed: '', focused: -1, pressed: -1 };
  for (const name of EVENTS) root.addEventListener(name, note, true);
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
  if (type === 'focusin') shown.focused = controls().indexOf(control);
  if (type === 'input') shown.typed = (control as HTMLInputElement).value;
  const { metaKey, ctrlKey, shiftKey } = event as MouseEvent;
  if (type !== 'click' || metaKey || ctrlKey || shiftKey || control.matches('input')) return;
  event.preventDefault();
  shown.pressed = controls().indexOf(control);
}

/**
 * From here on the program draws.
 *
 * @returns whether the page stands there and waits for the program to take its place
 */
export function closeEarlyPage(): boolean {
  closed = true;
  return shown !== undefined;
}

/** Call when the program's own page has taken its place: nothing typed or pressed is lost. */
export function resumeEarlyPage(): void {
  if (!shown) return;
  const { root, typed, focused, pressed } = shown;
  shown = undefined;
  for (const name of EVENTS) root.removeEventListener(name, note, true);
  const all = controls();
  all[focused]?.focus({ preventScroll: true });
  const input = document.querySelector<HTMLInputElement>('#root input');
  if (typed && input) {
    // As typing would: React watches the element's own property, and hears only the prototype's.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, typed);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }
  all[pressed]?.click();
}
