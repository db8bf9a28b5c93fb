import { lazyPart } from '../states/lazy-part.tsx';
import { PartMissing } from '../states/part-missing.tsx';

/** Loaded on demand, because it is rarely needed. */
export const PageExpired = lazyPart(
  async () => (await import('./page-expired.tsx')).PageExpired,
  PartMissing,
);
