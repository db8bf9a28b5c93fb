/** FHIR R4 `id`: https://hl7.org/fhir/R4/datatypes.html#id */
const ID = /^[A-Za-z0-9\-.]{1,64}$/;

/** Whether a value is a FHIR id that is safe in a URL: `.` and `..` would change the path. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value) && value !== '.' && value !== '..';
}
