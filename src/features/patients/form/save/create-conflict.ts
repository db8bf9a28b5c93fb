import { Invalid } from '#fhir/errors.ts';

/**
 * Whether a create was refused with 409 or 412. HAPI responds so if an identifier must be unique,
 * and any server if several records match the condition of a create (`If-None-Exist`).
 */
export const isCreateConflict = (error: unknown): boolean =>
  error instanceof Invalid && [409, 412].includes(error.status);
