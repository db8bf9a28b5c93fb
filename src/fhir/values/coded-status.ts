import { hasCode } from './coding.ts';

/** Whether a status has a code. STU3 servers send a bare code instead of a concept. */
export const hasStatus = (status: unknown, code: string): boolean =>
  status === code || hasCode(status, code);
