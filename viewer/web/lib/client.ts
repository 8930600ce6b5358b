import { createClient } from '../../../shared/contract/client.ts';
import type { PortalOperationName } from './operations.ts';
import { sendOverHttp } from './transport.ts';

/** Calls an operation of the portal. Rejects with `OperationError`. */
export const call = createClient<PortalOperationName>((name, input) => sendOverHttp(name, input));
