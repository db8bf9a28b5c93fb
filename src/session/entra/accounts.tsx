import { MsalProvider, useMsal } from '@azure/msal-react';
import { use, type ReactNode } from 'react';
import type { ServerConfig } from '#config/schema.ts';
import { entraServer, msalFor } from './client.ts';

export interface EntraAccount {
  readonly id: string;
  readonly name: string;
  readonly login: string;
  readonly tenantId: string;
  readonly current: boolean;
}

/**
 * Renders its children with the accounts that MSAL knows in this tab, kept up to date by
 * msal-react. Suspends until MSAL is ready; load it lazily, and for Entra ID sessions only.
 */
export function EntraAccounts({
  server,
  children,
}: {
  server: ServerConfig;
  children: (accounts: readonly EntraAccount[]) => ReactNode;
}) {
  const msal = use(msalFor(entraServer(server)));
  return (
    <MsalProvider instance={msal}>
      <Accounts>{children}</Accounts>
    </MsalProvider>
  );
}

function Accounts({ children }: { children: (accounts: readonly EntraAccount[]) => ReactNode }) {
  const { instance, accounts } = useMsal();
  const current = instance.getActiveAccount()?.homeAccountId;
  return children(
    accounts.map((a) => ({
      id: a.homeAccountId,
      name: a.name ?? a.username,
      login: a.username,
      tenantId: a.tenantId,
      current: a.homeAccountId === current,
    })),
  );
}
