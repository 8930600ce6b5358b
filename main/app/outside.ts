/** Whether an address may be opened with the system: https and mailto only, written out, without a user name. */
export function isOutside(address: string): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  if (url.protocol === 'mailto:') return !/[\r\n]|%0[ad]/i.test(address);
  return url.protocol === 'https:' && url.hostname !== '' && url.username === '' && url.password === '';
}
