import type { FhirResource, OperationOutcomeIssue } from 'fhir/r4';
import { timeRange } from './fhir-dates.ts';
import { issue } from './outcome.ts';

/** Elements with a required value set, for which servers refuse other codes. */
const requiredCodes: Readonly<Record<string, readonly string[]>> = {
  'Patient.gender': ['male', 'female', 'other', 'unknown'],
  'Patient.contact.gender': ['male', 'female', 'other', 'unknown'],
  'Patient.name.use': ['usual', 'official', 'temp', 'nickname', 'anonymous', 'old', 'maiden'],
  'Patient.identifier.use': ['usual', 'official', 'temp', 'secondary', 'old'],
  'Patient.telecom.system': ['phone', 'fax', 'email', 'pager', 'url', 'sms', 'other'],
  'Patient.telecom.use': ['home', 'work', 'temp', 'old', 'mobile'],
  'Patient.address.use': ['home', 'work', 'temp', 'old', 'billing'],
  'Patient.address.type': ['postal', 'physical', 'both'],
  'Patient.link.type': ['replaced-by', 'replaces', 'refer', 'seealso'],
  'Observation.status': [
    'registered',
    'preliminary',
    'final',
    'amended',
    'corrected',
    'cancelled',
    'entered-in-error',
    'unknown',
  ],
};

/** Elements that hold a date; their format alone would accept 31 February. */
const dates = new Set(['Patient.birthDate', 'Patient.deceasedDateTime']);

/** Checks required codes and dates, which the structure definitions alone do not check. */
export function checkRequiredCodes(resource: FhirResource): OperationOutcomeIssue[] {
  const issues: OperationOutcomeIssue[] = [];
  const walk = (value: unknown, path: string, expression: string): void => {
    if (Array.isArray(value)) {
      value.forEach((item, i) => walk(item, path, `${expression}[${i}]`));
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, child] of Object.entries(value))
        walk(child, `${path}.${key}`, `${expression}.${key}`);
    } else if (typeof value === 'string') {
      const codes = requiredCodes[path];
      if (codes && !codes.includes(value)) {
        issues.push(
          issue(
            'error',
            'code-invalid',
            `"${value}" is not one of: ${codes.join(', ')}`,
            expression,
          ),
        );
      }
      if (dates.has(path) && /^\d{4}(-\d{2}){0,2}/.test(value) && !timeRange(value)) {
        issues.push(
          issue('error', 'value', `"${value}" is not a date of the calendar`, expression),
        );
      }
    }
  };
  walk(resource, resource.resourceType, resource.resourceType);
  return issues;
}
