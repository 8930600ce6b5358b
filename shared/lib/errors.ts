/**
 * The one union of error codes. An operation answers `{ok}` or `{error: {code, details}}`; the faces map a code to a
 * sentence that says what happened, what was kept and what to do (`shared/ui/error-texts.ts`).
 */
export const errorCodes = [
  // who and whether
  'not-signed-in',
  'not-found', // also: no permission. Nobody learns from an answer that something exists.
  'forbidden-sender',
  'too-many-requests',
  // what was sent
  'unknown-operation',
  'invalid-input',
  'too-large',
  'conflict',
  'already-exists',
  'not-possible-now',
  // files
  'file-empty',
  'file-too-large',
  'file-type-not-allowed',
  'file-content-mismatch',
  'file-name-invalid',
  'file-missing',
  'disk-full',
  // sign-in and registration
  'wrong-credentials',
  'wrong-code',
  'password-too-weak',
  'invitation-invalid',
  'invitation-expired',
  'invitation-used',
  // pairing and sync
  'pairing-code-invalid',
  'device-revoked',
  'device-forked',
  'viewer-unreachable',
  'viewer-full',
  'offline',
  'protocol-too-old',
  'protocol-too-new',
  'rejected-immutable',
  'rejected-role',
  'rejected-schema',
  'rejected-erased',
  'rejected-reference',
  // import
  'import-unreadable',
  'import-has-problems',
  'cancelled',
  // the last resort: the message never leaves the process
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Facts for the sentence, never internals: field paths, limits in bytes, names the person typed. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** An expected failure of an operation. Anything else that is thrown is a programming error and becomes `internal`. */
export class OperationError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(code);
    this.name = 'OperationError';
    this.code = code;
    this.details = details;
  }
}

/** The result envelope of every operation on every transport. */
export type Envelope<T> =
  | { readonly ok: T }
  | { readonly error: { readonly code: ErrorCode; readonly details: ErrorDetails } };

/** Ends exhaustive switches: reached only when a case was forgotten. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
