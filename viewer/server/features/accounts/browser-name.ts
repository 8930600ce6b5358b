import Bowser from 'bowser';

/** What a browser calls itself, in words people know: empty where it does not say. */
export interface BrowserName {
  readonly browser: string;
  readonly system: string;
}

/** Reads the name of the browser and its system from the `user-agent` header. */
export function browserName(userAgent: string): BrowserName {
  if (userAgent === '') return { browser: '', system: '' };
  const { browser, os } = Bowser.parse(userAgent);
  return { browser: browser.name ?? '', system: os.name ?? '' };
}
