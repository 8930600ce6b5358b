import { useEffect, useState } from 'react';

/** The current instant (milliseconds since 1970), moved on every half minute so that ages stay true. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
