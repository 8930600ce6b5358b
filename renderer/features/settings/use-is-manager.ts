import { useOperation } from '../../lib/queries.ts';

/** Whether the person at this desk may change the company and its staff; the service checks it again. */
export function useIsManager(): boolean {
  const { data } = useOperation('settings.state', {});
  return data?.staff?.role === 'manager';
}
