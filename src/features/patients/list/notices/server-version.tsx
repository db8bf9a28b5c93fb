import { useCapability } from '#data/capability.ts';
import { OtherVersion } from '#ui/other-version/other-version.tsx';

/** Above the list: the server is not one of R4. */
export function ServerVersion() {
  return <OtherVersion version={useCapability().capability?.otherVersion} />;
}
