import type { EhrParts } from './ehr-middleware.ts';
import { ehrSignInPage, patientPickerPage } from './ehr-pages.ts';
import { needsPatient, type LaunchContext } from '../launch-context.ts';
import { pageHeaders } from '../page.ts';
import { failInteraction, finishInteraction, type Context } from '../provider.ts';
import { peekForm } from '../request-body.ts';

/** Id of the patient who can sign in, as at a patient portal. */
const PORTAL_PATIENT = 'p0001';

/** Shows the pages of an authorize request. An EHR launch skips them: its user is signed in. */
export async function ehrInteraction(parts: EhrParts, ctx: Context): Promise<void> {
  const { params } = await parts.provider.interactionDetails(ctx.req, ctx.res);
  const asked = params.smart_scope;
  const scope = typeof asked === 'string' ? asked.split(' ') : [];
  if (typeof params.launch === 'string') {
    const context = parts.launches.get(params.launch) ?? {};
    const practitioner = context.practitioner ?? parts.directory.practitioners[0]?.id ?? 'unknown';
    await grant(parts, ctx, scope, `Practitioner/${practitioner}`, context);
    return;
  }
  if (ctx.method !== 'POST') {
    const portal = parts.directory.patient(PORTAL_PATIENT);
    page(parts, ctx, ehrSignInPage(ctx.path, parts.directory.practitioners, portal, scope));
    return;
  }
  const form = await peekForm(ctx.req);
  if (form.has('cancel')) {
    await failInteraction(parts.provider, ctx, {
      error: 'access_denied',
      error_description: 'The person cancelled the sign-in.',
    });
    return;
  }
  await step(parts, ctx, scope, form);
}

async function step(
  parts: EhrParts,
  ctx: Context,
  scope: readonly string[],
  form: URLSearchParams,
): Promise<void> {
  const user = form.get('user') ?? '';
  const [type, id = ''] = user.split('/');
  if (type === 'Patient') return grant(parts, ctx, scope, user, { patient: id });
  if (!needsPatient(scope)) return grant(parts, ctx, scope, user, {});
  const patient = form.get('patient');
  if (patient === null) {
    const search = form.get('search') ?? '';
    const found = parts.directory.patients(search, 20);
    return page(parts, ctx, patientPickerPage(ctx.path, user, search, found));
  }
  const encounter = scope.includes('launch/encounter')
    ? parts.directory.encounters(patient)[0]?.id
    : undefined;
  return grant(parts, ctx, scope, user, { patient, ...(encounter && { encounter }) });
}

async function grant(
  parts: EhrParts,
  ctx: Context,
  scope: readonly string[],
  fhirUser: string,
  context: LaunchContext,
): Promise<void> {
  const userName =
    parts.directory.practitioners.find((p) => fhirUser === `Practitioner/${p.id}`)?.name ??
    parts.directory.patient(fhirUser.replace(/^Patient\//, ''))?.name ??
    fhirUser;
  const grantId = await finishInteraction(parts.provider, ctx, fhirUser);
  parts.grants.set(grantId, { scope, fhirUser, userName, context });
}

function page({ appOrigins }: EhrParts, ctx: Context, html: string): void {
  // The app may frame this page, because an app that an EHR embeds signs in inside that frame.
  ctx.set(pageHeaders({ formTargets: appOrigins(), frameAncestors: ["'self'", ...appOrigins()] }));
  ctx.body = html;
}
