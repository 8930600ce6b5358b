/**
 * Sends statements of one transaction that do not need each other's answers, and waits for all of them even where one
 * fails: none may reach its connection after the end of the transaction.
 */
export async function together<T extends readonly unknown[]>(
  ...statements: T
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(statements);
  return Promise.all(statements);
}
