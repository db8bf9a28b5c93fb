import { Invalid } from '#fhir/errors.ts';

/**
 * Whether a new patient was refused with a 409 or 412: HAPI answers so where an identifier must be
 * unique, and any server where the condition of a create (`If-None-Exist`) is met more than once.
 */
export const isCreateConflict = (error: unknown): boolean =>
  error instanceof Invalid && [409, 412].includes(error.status);
