import type { OperationDefinition } from '../../../shared/contract/define.ts';
import { type HttpOperationName, type Operations, operations } from '../../../shared/contract/registry.ts';
import { maxAttachments, maxFileBytes } from '../../../shared/features/files/model.ts';

/** What residents and people without a session may call. */
export type PortalOperationName = {
  [N in HttpOperationName]: Operations[N]['audience'] extends 'resident' | 'anonymous' ? N : never;
}[HttpOperationName];

type Route = NonNullable<OperationDefinition['http']>;

/**
 * Method and path of every operation of the portal. This module is evaluated while the portal is built
 * (vite.portal.config.ts) and bundled as plain data, so that no schema travels to a phone.
 */
export const routes = Object.fromEntries(
  Object.entries<OperationDefinition>(operations).flatMap(([name, { audience, http }]) =>
    http !== undefined && (audience === 'resident' || audience === 'anonymous') ? [[name, http]] : [],
  ),
) as Readonly<Record<PortalOperationName, Route>>;

/** `bytes` of one file, `count` of files at one message. */
export const fileLimits: { readonly bytes: number; readonly count: number } = {
  bytes: maxFileBytes,
  count: maxAttachments,
};
