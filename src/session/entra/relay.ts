import { runPopupRelay } from '@azure/msal-browser/popup-relay';
import { closeLater } from './close-later.ts';

/** Milliseconds; the app waits equally long. */
const TIMEOUT_MS = 600_000;

/**
 * Relays between the app in a frame and the identity provider's window. Opens that window when the
 * user clicks, which no popup blocker stops, and passes the response to the frame. The storage of a
 * frame is often partitioned, so the window could not respond to the frame itself.
 *
 * @param label text of the button
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
