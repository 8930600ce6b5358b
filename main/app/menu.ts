import { Menu, type MenuItemConstructorOptions, type WebContents } from 'electron';

const words = {
  de: {
    file: 'Datei',
    quit: 'Beenden',
    edit: 'Bearbeiten',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    cut: 'Ausschneiden',
    copy: 'Kopieren',
    paste: 'Einfügen',
    selectAll: 'Alles markieren',
    view: 'Ansicht',
    larger: 'Größer',
    smaller: 'Kleiner',
    actualSize: 'Normale Größe',
    fullScreen: 'Vollbild',
  },
  en: {
    file: 'File',
    quit: 'Quit',
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    view: 'View',
    larger: 'Larger',
    smaller: 'Smaller',
    actualSize: 'Actual size',
    fullScreen: 'Full screen',
  },
} as const;

type Words = (typeof words)['de' | 'en'];

/** Menus follow the system's language: they exist before anybody has chosen one. */
const wordsFor = (locale: string): Words => (locale.toLowerCase().startsWith('de') ? words.de : words.en);

/** The menu bar (hidden until Alt on Windows and Linux): it carries the keys for editing and for the size of the text. */
export function setMenu(locale: string, developer: boolean): void {
  const say = wordsFor(locale);
  const view: MenuItemConstructorOptions[] = [
    { role: 'zoomIn', label: say.larger },
    // The plus of a German keyboard needs no shift, that of others does.
    { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false },
    { role: 'zoomOut', label: say.smaller },
    { role: 'resetZoom', label: say.actualSize },
    { type: 'separator' },
    { role: 'togglefullscreen', label: say.fullScreen },
    ...(developer ? [{ role: 'toggleDevTools' } as const] : []),
  ];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { label: say.file, submenu: [{ role: 'quit', label: say.quit }] },
      {
        label: say.edit,
        submenu: [{ role: 'undo', label: say.undo }, { role: 'redo', label: say.redo }, ...editing(say)],
      },
      { label: say.view, submenu: view },
    ]),
  );
}

/** The menu of the right mouse button: in fields to edit, on marked text to copy. */
export function addContextMenu(contents: WebContents, locale: string): void {
  const say = wordsFor(locale);
  contents.on('context-menu', (_event, at) => {
    if (at.isEditable) Menu.buildFromTemplate(editing(say)).popup();
    else if (at.selectionText.trim() !== '') Menu.buildFromTemplate([{ role: 'copy', label: say.copy }]).popup();
  });
}

function editing(say: Words): MenuItemConstructorOptions[] {
  return [
    { role: 'cut', label: say.cut },
    { role: 'copy', label: say.copy },
    { role: 'paste', label: say.paste },
    { type: 'separator' },
    { role: 'selectAll', label: say.selectAll },
  ];
}
