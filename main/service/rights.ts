import { OperationError } from '../../shared/lib/errors.ts';
import { storedRow } from '../db/lookup.ts';
import type { DeskContext } from './context.ts';

/**
 * Only managers change the company and its staff. The viewer checks again; refusing here spares a clerk a rejection days
 * later.
 * @throws OperationError `rejected-role`
 */
export function requireManager(context: Pick<DeskContext, 'db' | 'identity'>): void {
  const staff = storedRow(context.db, 'staff', context.identity().staffId);
  if (staff === null || staff.deleted || !staff.active || staff.role !== 'manager') {
    throw new OperationError('rejected-role');
  }
}
