import type { Sandbox } from '#sandbox/sandbox.ts';

export const KICK_OFF = /\/\$export/;
export const STATUS = /\/_operations\/export\/[^/]+$/;
export const FOREVER = 1_000_000;

/** Lets pages of other origins read the response headers that an export needs. */
export const expose = (sandbox: Sandbox): void => {
  sandbox.fhir.behaviour.exposedHeaders = ['Content-Location', 'Retry-After', 'X-Progress'];
};

export const kickOffs = (sandbox: Sandbox) =>
  sandbox.fhir.log.filter(({ method, path }) => method === 'GET' && path.endsWith('$export'));

export const deletions = (sandbox: Sandbox) =>
  sandbox.fhir.log.filter((e) => e.method === 'DELETE');
