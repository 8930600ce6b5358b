import { useEffect, useEffectEvent, useState } from 'react';

interface Markable {
  readonly id: string;
  readonly isNew: boolean;
}

/**
 * Ids of what is new at this visit. Once a page has been shown its items count as seen, but the marks stay until the
 * person leaves the page. `tellSeen` is called once per set of new items.
 */
export function useNewMarks(items: readonly Markable[] | undefined, tellSeen: () => void): ReadonlySet<string> {
  const [marks, setMarks] = useState<ReadonlySet<string>>(() => new Set());
  const tell = useEffectEvent(tellSeen);
  useEffect(() => {
    const fresh = (items ?? []).filter((item) => item.isNew && !marks.has(item.id));
    if (fresh.length === 0) return;
    setMarks(new Set([...marks, ...fresh.map((item) => item.id)]));
    tell();
  }, [items, marks]);
  return marks;
}
