import { lazyPart } from '../states/lazy-part.tsx';
import { PartMissing } from '../states/part-missing.tsx';

/** Rarely wanted, and so fetched when it is. */
export const PageExpired = lazyPart(
  async () => (await import('./page-expired.tsx')).PageExpired,
  PartMissing,
);
