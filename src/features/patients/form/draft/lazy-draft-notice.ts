import { lazyPart } from '#ui/states/lazy-part.tsx';
import { PartMissing } from '#ui/states/part-missing.tsx';

/** Loaded when shown, because few forms are opened with a draft. */
export const DraftNotice = lazyPart(
  async () => (await import('./draft-notice.tsx')).DraftNotice,
  PartMissing,
);
