import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { operationError } from './queries.ts';

interface LoadedProps<T> {
  readonly query: UseQueryResult<T, Error>;
  /** The page's final shape, while nothing is there yet. */
  readonly skeleton: ReactNode;
  readonly children: (data: T) => ReactNode;
}

/** What has been loaded, its skeleton before, or why it could not be loaded. Older data stay when a later look fails. */
export function Loaded<T>({ query, skeleton, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (!query.isError) return skeleton;
  const { code, details } = operationError(query.error);
  // The way to the sign-in page is being taken; an error would only flash.
  if (code === 'not-signed-in') return skeleton;
  return (
    <LoadError
      headingOrder={2}
      code={code}
      details={details}
      {...(code === 'not-found' ? {} : { onRetry: () => void query.refetch() })}
      retrying={query.isFetching}
    />
  );
}
