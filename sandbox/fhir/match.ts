import type { Bundle, BundleEntry, Parameters, Patient } from 'fhir/r4';
import { problem, withMeta } from './outcome.ts';
import type { SandboxRepository } from './repository.ts';

/** https://hl7.org/fhir/R4/valueset-match-grade.html, without `certainly-not`. */
type Grade = 'certain' | 'probable' | 'possible';

const SCORE: Readonly<Record<Grade, number>> = { certain: 1, probable: 0.8, possible: 0.5 };

const plain = (text: string | undefined): string =>
  (text ?? '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Returns each name as family name and first given name. */
const names = (patient: Patient): { family: string; given: string }[] =>
  (patient.name ?? []).map((n) => ({ family: plain(n.family), given: plain(n.given?.[0]) }));

const identifiers = (patient: Patient): string[] =>
  (patient.identifier ?? []).map((i) => `${i.system ?? ''}|${i.value ?? ''}`);

/** Returns how likely two records are of one person; undefined when nothing indicates that. */
function grade(asked: Patient, candidate: Patient): Grade | undefined {
  const theirs = identifiers(candidate);
  const identifier = identifiers(asked).some((i) => theirs.includes(i));
  const pairs = names(asked).flatMap((a) => names(candidate).map((b) => [a, b] as const));
  const family = pairs.some(([a, b]) => a.family !== '' && a.family === b.family);
  const whole = pairs.some(
    ([a, b]) => a.family !== '' && a.family === b.family && a.given !== '' && a.given === b.given,
  );
  const born = asked.birthDate !== undefined && asked.birthDate === candidate.birthDate;
  if (identifier) return family || born ? 'certain' : 'probable';
  if (whole && born) return 'probable';
  return (family && born) || whole ? 'possible' : undefined;
}

/**
 * Carries out `Patient/$match`: returns candidates, best first, each with a score and a grade.
 *
 * @param body Parameters with `resource`, and perhaps `onlyCertainMatches` and `count`
 * @see https://hl7.org/fhir/R4/patient-operation-match.html
 */
export function match(repo: SandboxRepository, body: unknown): Bundle {
  if (!repo.service.behaviour.match)
    throw problem(404, 'not-supported', 'The operation $match is not supported.');
  const visible = repo.permit('Patient', 's');
  const parameters = (body as Parameters | undefined)?.parameter ?? [];
  const named = (name: string) => parameters.find((p) => p.name === name);
  const asked = named('resource')?.resource as Patient | undefined;
  if (asked?.resourceType !== 'Patient')
    throw problem(400, 'required', 'Parameters with a Patient as "resource" are expected.');
  const certain = named('onlyCertainMatches')?.valueBoolean === true;
  const count = named('count')?.valueInteger ?? repo.service.behaviour.defaultCount;
  const entry = [...repo.service.store.all('Patient')]
    .map(({ resource }) => resource)
    .filter((resource) => visible?.(resource) ?? true)
    .flatMap((resource): BundleEntry[] => {
      const found = grade(asked, resource as Patient);
      if (!found || (certain && found !== 'certain')) return [];
      const extension = [
        { url: 'http://hl7.org/fhir/StructureDefinition/match-grade', valueCode: found },
      ];
      const fullUrl = `${repo.context.base}/Patient/${resource.id}`;
      return [{ fullUrl, resource, search: { mode: 'match', score: SCORE[found], extension } }];
    })
    .toSorted((a, b) => (b.search?.score ?? 0) - (a.search?.score ?? 0))
    .slice(0, count);
  const bundle: Bundle = {
    resourceType: 'Bundle',
    type: 'searchset',
    total: entry.length,
    ...(entry.length > 0 && { entry }),
  };
  return withMeta(bundle, { status: 200 });
}
