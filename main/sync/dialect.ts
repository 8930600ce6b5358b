import { type ErrorCode, OperationError } from '../../shared/lib/errors.ts';
import type { Change } from '../../shared/sync/changes.ts';
import { findEntity } from '../../shared/sync/entities.ts';
import { sinceOf } from '../../shared/sync/entity.ts';
import { minProtocol, protocolVersion } from '../../shared/sync/protocol.ts';
import { metaKeys, metaNumber } from '../db/meta.ts';
import type { MetaStore } from '../service/context.ts';

/** How long a viewer that was found to be older is taken for it, before it is asked again (milliseconds). */
const askAgain = 5 * 60_000;

/** Which version of the protocol this desk and its viewer have in common. */
export interface Dialect {
  /** What is spoken now: this desk's own version until the viewer says that it is older. */
  readonly version: () => number;
  /** Whether the viewer has answered to this version: before that nothing is sent that an older one would not read. */
  readonly isSure: (version: number) => boolean;
  /**
   * Says something in the version in common; where the viewer is older, again in its own. Null: nothing was asked, so
   * nothing is learned of the viewer.
   * @throws OperationError `protocol-too-old` or `protocol-too-new` where there is no version in common
   */
  readonly speak: <T>(say: (protocol: number) => Promise<T>) => Promise<T>;
}

export function openDialect(meta: MetaStore, now: () => number): Dialect {
  let spoken = protocolVersion;
  let learnedAt = 0;
  const answered = (): number => metaNumber(meta, metaKeys.viewerProtocol, 0);
  return {
    version: () => spoken,
    isSure: (version) => answered() >= version,
    speak: async (say) => {
      if (spoken < protocolVersion && Math.abs(now() - learnedAt) > askAgain) spoken = protocolVersion;
      for (;;) {
        try {
          const answer = await say(spoken);
          if (answer !== null && answered() !== spoken) meta.set(metaKeys.viewerProtocol, spoken);
          return answer;
        } catch (error) {
          const older = versionOf(error);
          if (older === null || older >= spoken || older < minProtocol) throw error;
          spoken = older;
          learnedAt = now();
        }
      }
    },
  };
}

/** The version of a viewer that said it is older. */
function versionOf(error: unknown): number | null {
  if (!(error instanceof OperationError) || error.code !== 'protocol-too-new') return null;
  const { server } = error.details;
  return typeof server === 'number' ? server : null;
}

/** The oldest version that can hold these changes. */
export function neededFor(changes: readonly Change[]): number {
  return changes.reduce((needed, { entity, set }) => {
    const definition = findEntity(entity);
    return Math.max(needed, definition === undefined ? protocolVersion : sinceOf(definition, Object.keys(set)));
  }, minProtocol);
}

/** Who has to be updated, by what the last round ended with. */
export function olderSide(code: ErrorCode | null): 'desk' | 'viewer' | null {
  if (code === 'protocol-too-old') return 'desk';
  return code === 'protocol-too-new' ? 'viewer' : null;
}
