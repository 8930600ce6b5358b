/** Longest file name (UTF-16 units), as the attachment model has it. */
const maxNameLength = 200;

/** Names that Windows gives to devices, whatever the extension ("Naming Files, Paths, and Namespaces", Microsoft). */
const deviceName = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i;

/**
 * The name under which a file is kept, shown and saved on any system: the last part of a path, composed (NFC), without
 * characters that Windows forbids. Null where it cannot be made safe: control characters (also the ones that turn the
 * reading direction and hide an extension), or nothing left.
 */
export function cleanFileName(given: string): string | null {
  const last = given.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  if (/[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(last)) return null;
  const name = last
    .replace(/[:*?"<>|]/g, '_')
    .trim()
    .replace(/[. ]+$/, '');
  if (name === '' || /^\.+$/.test(name)) return null;
  return shorten(deviceName.test(name) ? `_${name}` : name);
}

/** Lower-case extension without the dot; empty where there is none. */
export function fileExtension(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** Cuts the stem, never the extension, and never through a character. */
function shorten(name: string): string {
  if (name.length <= maxNameLength) return name;
  const extension = fileExtension(name);
  const tail = extension === '' || extension.length > 20 ? '' : name.slice(-(extension.length + 1));
  let stem = '';
  for (const character of name) {
    if (stem.length + character.length + tail.length > maxNameLength) break;
    stem += character;
  }
  return `${stem.trimEnd()}${tail}`.replace(/[. ]+$/, '');
}
