import { Center, Loader } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { RouterProvider } from 'react-router/dom';
import { LoadError } from '../../shared/ui/load-error.tsx';
import { UiProvider } from '../../shared/ui/provider.tsx';
import { queryClient } from '../lib/client.ts';
import { useOperation } from '../lib/queries.ts';
import { FirstRun } from './first-run/first-run.tsx';
import { router } from './routes.tsx';

/** The whole window. */
export function Desk() {
  return (
    <QueryClientProvider client={queryClient}>
      <Gate />
    </QueryClientProvider>
  );
}

/** First run until there is a company and its rows, then the desk, in the company's colour. */
function Gate() {
  const { data, error, refetch } = useOperation('settings.state', {});
  const { data: sync } = useOperation('sync.state', {});
  // The wizard stays until the person has chosen how to go on, also after the company exists.
  const [welcoming, setWelcoming] = useState(false);
  const phase = data?.phase;
  useEffect(() => {
    if (phase === 'first-run') setWelcoming(true);
  }, [phase]);
  const begin = (path: string) => {
    void router.navigate(path);
    setWelcoming(false);
  };
  return (
    <UiProvider density="desk" accent={data?.organisation?.colour}>
      {error !== null ? (
        <Center h="100vh">
          <LoadError code={error.code} details={error.details} onRetry={() => void refetch()} />
        </Center>
      ) : data === undefined ? (
        <Center h="100vh">
          <Loader />
        </Center>
      ) : data.phase === 'first-run' || welcoming || sync?.bootstrap?.reason === 'joined' ? (
        <FirstRun onDone={begin} />
      ) : (
        <RouterProvider router={router} />
      )}
    </UiProvider>
  );
}
