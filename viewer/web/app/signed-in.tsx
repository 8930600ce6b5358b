import { useEffect } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { signInFor } from '../lib/paths.ts';
import { operationError } from '../lib/queries.ts';
import { chooseLanguage, useSession } from '../lib/session.ts';
import { PageSkeleton } from './page-skeleton.tsx';
import { RefusedPage } from './refused-page.tsx';

/** Lets signed-in people through; everybody else signs in first and then comes back to where they wanted to go. */
export function SignedIn() {
  const session = useSession();
  const { pathname, search, hash } = useLocation();
  const language = session.data?.language;
  useEffect(() => {
    if (language !== undefined) void chooseLanguage(language);
  }, [language]);
  if (session.data) return <Outlet />;
  if (session.data === null) return <Navigate to={signInFor(pathname + search + hash)} replace />;
  if (!session.isError) return <PageSkeleton />;
  return (
    <RefusedPage
      error={operationError(session.error)}
      onRetry={() => void session.refetch()}
      retrying={session.isFetching}
    />
  );
}
