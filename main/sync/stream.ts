import { createParser } from 'eventsource-parser';
import { headEvent } from '../../shared/sync/protocol.ts';

export interface HintStream {
  readonly stop: () => void;
}

/** Silence after which a stream counts as dead (milliseconds): two heartbeats and a half. */
const silence = 50_000;

/**
 * Listens to the viewer's hints. Ends by itself when the line breaks; the caller opens another one with its own delay.
 * @param onHead epoch and head of the viewer's log
 * @param onEnd called once, whatever ended it
 */
export function openHintStream(
  url: string,
  token: string,
  onHead: (head: { readonly epoch: string; readonly head: number }) => void,
  onEnd: () => void,
): HintStream {
  const control = new AbortController();
  let watchdog = setTimeout(() => control.abort(), silence);
  const alive = (): void => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => control.abort(), silence);
  };
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event !== 'head') return;
      const parsed = headEvent.safeParse(JSON.parse(data));
      if (parsed.success) onHead(parsed.data);
    },
  });
  const read = async (): Promise<void> => {
    const response = await fetch(new URL('/api/sync/events', url), {
      headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
      signal: control.signal,
    });
    if (!response.ok || response.body === null) return;
    const decoder = new TextDecoder();
    for await (const chunk of response.body) {
      alive();
      parser.feed(decoder.decode(chunk, { stream: true }));
    }
  };
  read()
    // A broken line is the normal end of a stream; polling goes on and reports what is wrong.
    .catch(() => undefined)
    .finally(() => {
      clearTimeout(watchdog);
      onEnd();
    });
  return {
    stop: () => control.abort(),
  };
}
