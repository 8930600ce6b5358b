import { useEffect, useState } from 'react';
import { formatAge, formatInstant, formatWhen } from './format.ts';
import { useLanguage } from './texts.ts';

/** The time now (milliseconds since 1970), anew every half minute, so that "vor 3 Min." stays true. */
export function useNow(everyMilliseconds = 30_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMilliseconds);
    return () => clearInterval(timer);
  }, [everyMilliseconds]);
  return now;
}

interface WhenProps {
  /** ISO text in UTC. */
  readonly instant: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** `age` is "3 Min." for narrow columns; the default is "heute 14:05". */
  readonly as?: 'when' | 'age';
}

/** An instant as people say it; the whole date is in the tooltip. */
export function When({ instant, now, as = 'when' }: WhenProps) {
  const language = useLanguage();
  return (
    <time className="tp-figures" dateTime={instant} title={formatInstant(instant, language)}>
      {as === 'age' ? formatAge(instant, now, language) : formatWhen(instant, now, language)}
    </time>
  );
}
