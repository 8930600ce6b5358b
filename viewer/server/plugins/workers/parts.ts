import type { Viewer } from '../../context.ts';
import type { Auth } from '../auth/auth.ts';
import type { Jobs } from '../jobs.ts';
import type { Mailer } from '../mail.ts';

/** What the jobs work with. */
export interface WorkerParts {
  readonly viewer: Viewer;
  readonly jobs: Jobs;
  readonly auth: Auth;
  readonly mailer: Mailer;
  /** Address of the portal, without a slash at the end. */
  readonly publicUrl: () => string;
}
