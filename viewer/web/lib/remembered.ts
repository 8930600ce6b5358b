/**
 * What this browser remembers. A browser may refuse its storage (private windows, full, forbidden): then everything
 * works, and is forgotten with the page.
 */
const refused = new Map<string, string>();

/** The remembered text, or null. */
export function recall(key: string): string | null {
  const kept = refused.get(key);
  if (kept !== undefined) return kept;
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Remembers a text; null forgets it. */
export function remember(key: string, value: string | null): void {
  refused.delete(key);
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    if (value !== null) refused.set(key, value);
  }
}
