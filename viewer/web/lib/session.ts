import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { SessionInfo } from '../../../shared/features/accounts/contract.ts';
import { asLanguage, type Language, setLanguage } from '../../../shared/ui/texts.ts';
import { call } from './client.ts';
import { paths } from './paths.ts';
import { operationError, queryClient } from './queries.ts';
import { recall, remember } from './remembered.ts';

const sessionKey = ['accounts.session', {}] as const;
const languageKey = 'treppenhaus.language';

async function loadSession(): Promise<SessionInfo | null> {
  try {
    return await call('accounts.session', {});
  } catch (error) {
    if (operationError(error).code === 'not-signed-in') return null;
    throw error;
  }
}

/** Who is signed in; null is nobody. */
export function useSession(): UseQueryResult<SessionInfo | null, Error> {
  return useQuery<SessionInfo | null, Error>({ queryKey: sessionKey, queryFn: loadSession, staleTime: 5 * 60_000 });
}

/** Takes over the session that signing in or registering opened. What somebody else had loaded is gone. */
export async function beginSession(session: SessionInfo): Promise<void> {
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
  await chooseLanguage(session.language);
  queryClient.setQueryData(sessionKey, session);
}

/**
 * Ends the session and loads the portal anew at `target`: nothing that one person has loaded stays in memory for the
 * next. Throws when the server could not be told: then somebody is still signed in.
 */
export async function endSession(target: string = paths.signIn): Promise<void> {
  try {
    await call('accounts.signOut', {});
  } catch (error) {
    if (operationError(error).code !== 'not-signed-in') throw error;
  }
  location.assign(target);
}

/** Shows the portal in a language, now and when this browser comes back. */
export async function chooseLanguage(language: Language): Promise<void> {
  remember(languageKey, language);
  await setLanguage(language);
}

/** The language chosen in this browser; German where nobody chose. */
export function rememberedLanguage(): Language {
  return asLanguage(recall(languageKey));
}

/** Keeps the language of the session in what is loaded, after it was changed. */
export function noteLanguage(language: Language): void {
  queryClient.setQueryData<SessionInfo | null>(sessionKey, (session) => (session ? { ...session, language } : session));
}
