/** Whether they are an id and a hash: nothing else becomes a path or a key. */
export function isBlobAddress(organisationId: string, sha256: string): boolean {
  return /^[0-9a-f-]{36}$/.test(organisationId) && /^[0-9a-f]{64}$/.test(sha256);
}

/** The address of a file, unique over all companies. @throws Error where it is none */
export function toBlobAddress(organisationId: string, sha256: string): string {
  if (!isBlobAddress(organisationId, sha256)) throw new Error('Not a blob address');
  return `${organisationId}/${sha256}`;
}
