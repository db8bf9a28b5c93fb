import type { EntraUser } from './entra-users.ts';
import { escapeHtml } from '../html.ts';
import { renderPage } from '../page.ts';

/** Returns the account chooser: a plain form with one button for each user. */
export function entraSignInPage(action: string, users: readonly EntraUser[]): string {
  const choices = users
    .map(
      (user) => `<li><button name="user" value="${escapeHtml(user.id)}">
<strong>${escapeHtml(user.name)}</strong>
<span>${escapeHtml(user.hint)}</span></button></li>`,
    )
    .join('\n');
  return renderPage({
    title: 'Sign in - Entra ID sandbox',
    body: `<div class="card">
<p class="eyebrow">Contoso directory (sandbox)</p>
<h1>Choose who signs in</h1>
<p class="quiet">This page stands in for Microsoft Entra ID. These people are invented, nothing here
is Microsoft's, and no password is asked.</p>
<form method="post" action="${escapeHtml(action)}">
<ul class="choices">
${choices}
</ul>
<button name="cancel" value="yes">Cancel</button>
</form>
</div>`,
  });
}

/** Returns the page for users who open the server's address to accept its certificate. */
export function entraWelcomePage(appOrigins: readonly string[]): string {
  const links = appOrigins
    .map(
      (origin) =>
        `<li><a class="button" href="${escapeHtml(origin)}/">${escapeHtml(origin)}</a></li>`,
    )
    .join('\n');
  return renderPage({
    title: 'Entra ID sandbox',
    body: `<div class="card">
<p class="eyebrow">Contoso directory (sandbox)</p>
<h1>The browser accepts this address</h1>
<p>Go back to the app and sign in:</p>
<ul class="choices">
${links}
</ul>
</div>`,
  });
}
