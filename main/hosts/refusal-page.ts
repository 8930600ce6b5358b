import type { ErrorCode } from '../../shared/lib/errors.ts';

/** The page of somebody who opened the desk without its link: the app itself cannot be shown, so this stands alone. */
export function refusalPage(code: ErrorCode): string {
  const sentence =
    code === 'not-signed-in'
      ? [
          'Dieser Link gilt nur einmal und nur in dem Browser, der ihn zuerst geöffnet hat. Starten Sie Treppenhaus neu und öffnen Sie den Link, der dann erscheint.',
          'This link works once, in the browser that opened it first. Start Treppenhaus again and open the link it shows.',
        ]
      : ['Diese Seite gibt es nicht.', 'There is no such page.'];
  return `<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Treppenhaus</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 18vh auto 0; padding: 0 1.5rem; }
h1 { font-size: 1.25rem; font-weight: 600; }
p + p { color: color-mix(in srgb, currentColor 65%, transparent); }
</style>
</head>
<body>
<h1>Treppenhaus</h1>
<p>${sentence[0]}</p>
<p lang="en">${sentence[1]}</p>
</body>
</html>
`;
}
