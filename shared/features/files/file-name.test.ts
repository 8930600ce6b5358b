import { describe, expect, test } from 'vitest';
import { cleanFileName, fileExtension } from './file-name.ts';
import { attachmentEntity } from './model.ts';

describe('file names', () => {
  test.each([
    ['Hausordnung.pdf', 'Hausordnung.pdf'],
    ['../../etc/passwd.txt', 'passwd.txt'],
    ['C:\\Users\\Müller\\Brief.docx', 'Brief.docx'],
    ['/etc/cron.d/x.csv', 'x.csv'],
    ['a:b*c?d"e<f>g|h.pdf', 'a_b_c_d_e_f_g_h.pdf'],
    ['  Brief.pdf . ', 'Brief.pdf'],
    ['CON.pdf', '_CON.pdf'],
    ['lpt1', '_lpt1'],
    ['Console.pdf', 'Console.pdf'],
    ['Mu\u0308ller.pdf', 'Müller.pdf'],
    ['<img src=x onerror=alert(1)>.png', '_img src=x onerror=alert(1)_.png'],
    ["'; drop table person; --.pdf", "'; drop table person; --.pdf"],
  ])('%j becomes %j', (given, kept) => {
    expect(cleanFileName(given)).toBe(kept);
    expect(attachmentEntity.shape.fileName.safeParse(kept).success).toBe(true);
  });

  test.each([
    '',
    '   ',
    '.',
    '..',
    '...',
    'x/',
    'a\u0000.pdf',
    'a\t.pdf',
    'a\u007f.pdf',
    'gpj\u202eexe.pdf',
    '\udc00.pdf',
  ])('%j cannot be made safe', (given) => expect(cleanFileName(given)).toBeNull());

  test('a long name loses the end of its stem, not its extension, and no half characters', () => {
    const long = cleanFileName(`${'😀'.repeat(150)}.pdf`);
    expect(long).toBe(`${'😀'.repeat(98)}.pdf`);
    expect(cleanFileName(`x.${'y'.repeat(300)}`)).toHaveLength(200);
  });

  test('the extension is the last part, in lower case', () => {
    expect(['a.PDF', 'a.tar.gz', '.profile', 'README', 'x.'].map(fileExtension)).toEqual(['pdf', 'gz', '', '', '']);
  });
});
