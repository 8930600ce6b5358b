import { z } from 'zod';
import { defineOperations } from '../../contract/define.ts';
import { id } from '../../lib/schemas.ts';

/** Most rows asked about at once: some screens of a list. */
export const maxWaitingAsked = 1000;

export const waitingOperations = defineOperations({
  waiting: {
    summary: 'Which of these rows wait: for the sync, or for a file of theirs that the viewer does not hold yet.',
    input: z.strictObject({ ids: z.array(id).max(maxWaitingAsked) }),
    output: z.strictObject({ changes: z.array(id), files: z.array(id) }),
    audience: 'staff',
    desk: true,
  },
});
