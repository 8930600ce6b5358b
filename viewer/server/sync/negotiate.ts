import { OperationError } from '../../../shared/lib/errors.ts';
import { minProtocol, protocolVersion } from '../../../shared/sync/protocol.ts';

/**
 * Lets in what this viewer speaks: any version from `minProtocol` to its own.
 * @throws OperationError `protocol-too-old` for a desk that has to be updated, `protocol-too-new` for one that may speak
 *   an older version; the details name what this viewer speaks
 */
export function checkProtocol(protocol: number): void {
  const spoken = { server: protocolVersion, oldest: minProtocol };
  if (protocol > protocolVersion) throw new OperationError('protocol-too-new', spoken);
  if (protocol < minProtocol) throw new OperationError('protocol-too-old', spoken);
}
