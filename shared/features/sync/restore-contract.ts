import { defineOperations, nothing } from '../../contract/define.ts';
import { eraseRequest, maxPushBytes, recoverRequest, recoverResponse } from '../../sync/protocol.ts';

/** What comes back to a viewer that was restored, and what never comes back. */
export const restoreOperations = defineOperations({
  recover: {
    summary: 'Brings back to a restored viewer what it lost and a desk had pulled.',
    input: recoverRequest,
    output: recoverResponse,
    audience: 'device',
    http: { method: 'POST', path: '/api/sync/recover' },
    maxBytes: 4 * maxPushBytes,
  },
  erase: {
    summary: 'Erases rows for good, everywhere: what the log, the journal and every desk hold of them. For managers.',
    input: eraseRequest,
    output: nothing,
    audience: 'device',
    desk: true,
    http: { method: 'POST', path: '/api/sync/erase' },
  },
});
