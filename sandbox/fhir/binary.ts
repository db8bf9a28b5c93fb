import type { Binary } from 'fhir/r4';
import { fhirJson } from './answer.ts';
import { problem, withMeta } from './outcome.ts';
import type { SandboxRepository } from './repository.ts';

/**
 * Reads a Binary: as its content when `Accept` names another type than FHIR or JSON, else in JSON.
 *
 * @see https://hl7.org/fhir/R4/binary.html#rest
 */
export async function readBinary(
  repo: SandboxRepository,
  id: string,
  accept: string,
): Promise<object> {
  const resource = await repo.readResource('Binary', id);
  if (accept === '' || /fhir|json/.test(accept)) return resource;
  if (!repo.service.behaviour.rawBinary) {
    if (accept.includes('*/*')) return resource;
    throw problem(406, 'not-supported', 'The requested "Accept" header is not supported.');
  }
  const { contentType, data = '' } = resource as unknown as Binary;
  return withMeta(
    { ...resource },
    { status: 200, text: Buffer.from(data, 'base64'), contentType: contentType || fhirJson },
  );
}
