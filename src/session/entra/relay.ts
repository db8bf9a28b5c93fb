import { runPopupRelay } from '@azure/msal-browser/popup-relay';
import { closeLater } from './close-later.ts';

/** As long as the app waits for it. */
const TIMEOUT_MS = 600_000;

/**
 * Stands between the app in a frame and the window of the identity provider: it opens that window
 * when the person says so, which no blocker stops, and hands the answer to the frame. The storage
 * of a frame is often partitioned, so that the window could not answer the frame itself.
 *
 * @param label of the button
 */
export function relay(label: string): void {
  const button = document.createElement('button');
  button.textContent = label;
  button.addEventListener('click', () => {
    button.disabled = true;
    closeLater();
    runPopupRelay({ timeoutMs: TIMEOUT_MS });
  });
  const main = document.createElement('main');
  main.append(button);
  document.body.append(main);
  button.focus();
}
