import { useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { loadConfig } from '#config/fetch-config.ts';
import { malformedIds } from '#config/malformed-ids.ts';
import { messages as configMessages } from '#config/messages.ts';
import { problemText } from '#config/problem-text.ts';
import type { AppConfig, ServerConfig } from '#config/schema.ts';
import { FhirContext } from '#data/fhir-context.ts';
import { useLocale, useMessages } from '#i18n/provider.tsx';
import { ConfigError, type ConfigProblem } from '#lib/app-error.ts';
import { lastTried } from '#session/last-tried.ts';
import { useSessionState } from '#session/state/provider.tsx';
import { findIssuer } from '#session/smart/launch/allow-list.ts';
import { isLaunchId, siteOfIssuer } from '#session/smart/site.ts';
import type { SessionState } from '#session/state/state.ts';
import type { CheckEnv } from './check.ts';
import { messages } from './messages.ts';

interface Read {
  readonly config: AppConfig | undefined;
  readonly problems: readonly ConfigProblem[];
}

async function read(): Promise<Read> {
  try {
    const config = await loadConfig();
    return { config, problems: malformedIds(config) };
  } catch (error) {
    return { config: undefined, problems: error instanceof ConfigError ? error.problems : [] };
  }
}

/**
 * Loads the current configuration from the web server, which may have been corrected since the
 * start.
 */
function useFreshConfig(): { fresh: Read | undefined; readAgain: () => void } {
  const [fresh, setFresh] = useState<Read>();
  const readAgain = useCallback(() => void read().then(setFresh), []);
  useEffect(readAgain, [readAgain]);
  return { fresh, readAgain };
}

/** Returns the servers on the sign-in page and those of EHRs that launch the app. */
function serversOf(fresh: Read | undefined): readonly ServerConfig[] {
  const { servers = [], smartLaunch } = fresh?.config ?? {};
  return [...servers, ...(smartLaunch?.issuers ?? []).map((i) => siteOfIssuer(i).server)];
}

/** Returns the server id of a failed attempt, if it is known. */
function failedAt(state: SessionState, fresh: Read | undefined): string | undefined {
  if (state.state !== 'failed') return undefined;
  const { iss, serverId } = state;
  if (iss === undefined) return serverId;
  const issuer = findIssuer(iss, fresh?.config?.smartLaunch.issuers ?? []);
  return issuer && siteOfIssuer(issuer).server.id;
}

export interface Surroundings {
  /** Undefined until the configuration has been read. */
  readonly env: Omit<CheckEnv, 'signal'> | undefined;
  /** Servers to choose from; empty during a session. */
  readonly choice: readonly { readonly value: string; readonly label: string }[];
  readonly choose: (id: string) => void;
  /** Reloads the configuration and runs every check again. */
  readonly again: () => void;
}

/** Returns the input of the checks. */
export function useEnv(): Surroundings {
  const t = useMessages(messages);
  const tc = useMessages(configMessages);
  const locale = useLocale();
  const { fresh, readAgain } = useFreshConfig();
  const state = useSessionState();
  const fhir = useContext(FhirContext);
  const [asked, setAsked] = useState<string>();
  const chosen = asked ?? failedAt(state, fresh) ?? lastTried.server;
  const session = state.state === 'ready' ? state.session : undefined;
  const env = useMemo(() => {
    if (!fresh) return undefined;
    const servers = serversOf(fresh);
    const server = session?.server ?? servers.find((s) => s.id === chosen) ?? servers[0];
    const problems = fresh.problems.map((p) => ({ ...p, message: problemText(p.message, tc) }));
    return { t, locale, ...fresh, problems, server, session, fhir: session && fhir };
  }, [t, tc, locale, fresh, session, fhir, chosen]);
  // An EHR may be listed twice: for sign-in and for launches.
  const choice = serversOf(fresh).map(({ id, label }) => ({
    value: id,
    label: isLaunchId(id) ? t('launchServer', { label }) : label,
  }));
  return {
    env,
    choice: session ? [] : choice,
    choose: setAsked,
    again: readAgain,
  };
}
