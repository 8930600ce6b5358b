import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';
import { failure } from '../../../shared/contract/dispatch.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import { answer } from './answer.ts';
import { steadyHeaders } from './security.ts';

const refusal = failure(new OperationError('invalid-input'));

/** Answers an address that no route can be asked for. No hook runs for it, so it brings its headers itself. */
export function answerUnroutable(reply: FastifyReply): FastifyReply {
  return answer(reply.headers(steadyHeaders), refusal);
}

/** Answers bytes that are no HTTP, headers that are too long or a sender that is too slow, and hangs up. */
export function answerUnreadable(error: Readonly<Error & { code?: string }>, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const body = JSON.stringify(refusal);
  const headers = {
    ...steadyHeaders,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}
