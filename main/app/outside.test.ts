import { expect, test } from 'vitest';
import { isOutside } from './outside.ts';

test.each(['https://www.example.org/a?b#c', 'mailto:erika@example.org?subject=Heizung%20defekt'])(
  '%s may be opened',
  (url) => expect(isOutside(url)).toBe(true),
);

test.each([
  'http://example.org/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'smb://server/share',
  'ms-msdt:/id',
  'search-ms:query=x',
  'app://desk/',
  'https://user:secret@example.org/',
  'mailto:a@example.org%0d%0aBcc:b@example.org',
  '\\\\server\\share',
  'C:\\Windows\\System32\\calc.exe',
  '',
])('%s stays closed', (url) => expect(isOutside(url)).toBe(false));
