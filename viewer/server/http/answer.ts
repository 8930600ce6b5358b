import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { failure } from '../../../shared/contract/dispatch.ts';
import { type Envelope, OperationError } from '../../../shared/lib/errors.ts';
import { statusOf } from './status.ts';

/** Sends an envelope with the status of its code; a limit also says when to try again. */
export function answer(reply: FastifyReply, envelope: Envelope<unknown>): FastifyReply {
  if ('ok' in envelope) return reply.code(200).send(envelope);
  const seconds = envelope.error.details.seconds;
  if (envelope.error.code === 'too-many-requests' && typeof seconds === 'number') {
    reply.header('retry-after', String(seconds));
  }
  return reply.code(statusOf[envelope.error.code]).send(envelope);
}

/**
 * Whatever a route throws becomes an envelope. Expected failures keep their code; the message of anything else stays in
 * the log.
 */
export function registerErrorAnswers(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | OperationError, request, reply) => {
    if (error instanceof OperationError) return answer(reply, failure(error));
    const expected = clientMistake(error);
    if (expected !== undefined) {
      request.log.warn({ code: error.code }, 'request refused');
      return answer(reply, failure(expected));
    }
    request.log.error({ err: error }, 'request failed');
    return answer(reply, failure(new OperationError('internal')));
  });
}

/** Refusals of Fastify itself, before an operation saw the request. */
function clientMistake(error: FastifyError): OperationError | undefined {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new OperationError('too-large');
  if (error.statusCode === 429) return new OperationError('too-many-requests', { seconds: 60 });
  const status = error.statusCode ?? 500;
  return status >= 400 && status < 500 ? new OperationError('invalid-input') : undefined;
}
