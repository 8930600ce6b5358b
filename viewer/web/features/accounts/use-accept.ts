import { useMutation } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { Input } from '../../../../shared/contract/registry.ts';
import { call } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { beginSession } from '../../lib/session.ts';

/** Accepts an invitation, with a new password or for the login that is signed in, and goes on to the properties. */
export function useAccept() {
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (input: Input<'accounts.accept'>) => call('accounts.accept', input),
    onSuccess: async (session) => {
      await beginSession(session);
      await navigate(paths.properties, { replace: true });
    },
  });
}
