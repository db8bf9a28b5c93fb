import type { Running } from './cli-app.ts';
import type { CliOptions } from './cli-options.ts';
import type { Sandbox } from './sandbox.ts';

/** Returns the start-up text: the addresses, who can sign in, and which ports were taken. */
export function announce(sandbox: Sandbox, app: Running, options: CliOptions): string {
  const { entra, ehr, fhir } = sandbox;
  const people = entra.users.map((user) => `      ${user.name.padEnd(18)} ${user.hint}`);
  const moved = [
    portNote('app', app.port, options.port),
    portNote('FHIR server', Number(new URL(fhir.baseUrl).port), 5181),
    portNote('EHR', ehr.port, 5182),
    portNote('Entra sandbox', entra.port, 5183),
  ].filter((note) => note !== undefined);
  return [
    '',
    `  Patient Browser    ${app.origin}`,
    '',
    '  Ways to sign in. All people and data are invented; no password is asked.',
    '',
    '    Open test server',
    '      no sign-in: the quickest look',
    '    Example EHR (SMART)',
    `      ${ehr.directory.practitioners.map((p) => p.name).join('; ')}`,
    '    Contoso FHIR (Entra ID)',
    ...people,
    `      First open https://${entra.host}/ once: its certificate is made for this run, so the`,
    '      browser says that the connection is not private. Choose "Advanced", then "Proceed to',
    '      localhost". Without that, the app can only say that the sign-in server is unreachable.',
    '    Paste a token',
    '      "Make a token" on the launcher page gives one',
    '',
    `  EHR launcher       ${sandbox.launcherUrl}`,
    `  FHIR server        ${fhir.baseUrl}  (without sign-in: ${sandbox.open})`,
    ...(moved.length > 0 ? ['', ...moved.map((note) => `  ${note}`)] : []),
    '',
    '  Ctrl+C stops everything.',
    '',
  ].join('\n');
}

function portNote(what: string, got: number, wanted: number): string | undefined {
  if (got === wanted) return undefined;
  return `Port ${wanted} was taken: the ${what} is at ${got}.`;
}
