import type { PatientChoice, Person } from '../directory.ts';
import { escapeHtml } from '../html.ts';
import { renderPage } from '../page.ts';

const card = (heading: string, note: string, form: string): string => `<div class="card">
<p class="eyebrow">Example EHR (sandbox)</p>
<h1>${heading}</h1>
<p class="quiet">${note}</p>
${form}
</div>`;

/** Returns the sign-in page: practitioners, and one patient as at a patient portal. */
export function ehrSignInPage(
  action: string,
  practitioners: readonly Person[],
  portalPatient: Person | undefined,
  scope: readonly string[],
): string {
  const people = [
    ...practitioners.map((p) => ({
      value: `Practitioner/${p.id}`,
      name: p.name,
      hint: 'Practitioner',
    })),
    ...(portalPatient
      ? [
          {
            value: `Patient/${portalPatient.id}`,
            name: portalPatient.name,
            hint: 'Patient: sees only their own record',
          },
        ]
      : []),
  ];
  const choices = people
    .map(
      (p) => `<li><button name="user" value="${escapeHtml(p.value)}">
<strong>${escapeHtml(p.name)}</strong> <span>${escapeHtml(p.hint)}</span></button></li>`,
    )
    .join('\n');
  return renderPage({
    title: 'Sign in - Example EHR',
    body: card(
      'Choose who signs in',
      'This page stands in for the sign-in of an EHR. These people are invented; no password is asked.',
      `<p>The app asks for: <code class="wrap">${escapeHtml(scope.join(' '))}</code></p>
<form method="post" action="${escapeHtml(action)}">
<ul class="choices">
${choices}
</ul>
<button name="cancel" value="yes">Cancel</button>
</form>`,
    ),
  });
}

/** Returns the page to choose a patient, for `launch/patient` in a standalone launch. */
export function patientPickerPage(
  action: string,
  user: string,
  search: string,
  patients: readonly PatientChoice[],
): string {
  const choices = patients
    .map(
      (p) => `<li><button name="patient" value="${escapeHtml(p.id)}">
<strong><bdi>${escapeHtml(p.name.slice(0, 120))}</bdi></strong>
<span>${escapeHtml(`${p.birthDate ?? 'birth date not known'}, ${p.gender ?? 'gender not known'}, ${p.id}`)}</span></button></li>`,
    )
    .join('\n');
  return renderPage({
    title: 'Choose a patient - Example EHR',
    body: card(
      'Choose a patient',
      'The app asked for one patient to work with.',
      `<form method="post" action="${escapeHtml(action)}">
<input type="hidden" name="user" value="${escapeHtml(user)}">
<div class="field">
<label for="search">Name or id</label>
<input id="search" name="search" value="${escapeHtml(search)}" autocomplete="off">
</div>
<p><button name="find" value="yes">Find</button></p>
</form>
<form method="post" action="${escapeHtml(action)}">
<input type="hidden" name="user" value="${escapeHtml(user)}">
${choices ? `<ul class="choices">\n${choices}\n</ul>` : '<p>No patient has this name or id.</p>'}
<button name="cancel" value="yes">Cancel</button>
</form>`,
    ),
  });
}
