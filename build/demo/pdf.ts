import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';

/** A letter of the demo company: what stands in it and when it was written. */
export interface Letter {
  readonly title: string;
  readonly place: string;
  /** `YYYY-MM-DD`; stands in the file too, so that the same letter is the same bytes. */
  readonly date: string;
  readonly content: readonly Content[];
}

const company = 'Hausverwaltung Sonnenschein GmbH';
const fonts = join(dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')), 'fonts/Roboto');

pdfmake.setFonts({
  Roboto: {
    normal: join(fonts, 'Roboto-Regular.ttf'),
    bold: join(fonts, 'Roboto-Medium.ttf'),
    italics: join(fonts, 'Roboto-Italic.ttf'),
    bolditalics: join(fonts, 'Roboto-MediumItalic.ttf'),
  },
});
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path.startsWith(fonts));

/** The letter as a PDF, A4, with the company's head and page numbers. */
export async function renderLetter({ title, place, date, content }: Letter): Promise<Buffer> {
  const definition: TDocumentDefinitions = {
    info: { title, author: company, creationDate: new Date(`${date}T08:00:00Z`) },
    pageSize: 'A4',
    pageMargins: [70, 110, 60, 70],
    defaultStyle: { font: 'Roboto', fontSize: 10.5, lineHeight: 1.3, color: '#1E2A32' },
    styles: {
      title: { fontSize: 19, bold: true, margin: [0, 0, 0, 2] },
      place: { fontSize: 10.5, color: '#5b666d', margin: [0, 0, 0, 18] },
      heading: { fontSize: 12.5, bold: true, color: '#2F6B4F', margin: [0, 12, 0, 4] },
      head: { bold: true, color: '#2F6B4F' },
      small: { fontSize: 8.5, color: '#5b666d' },
    },
    header: {
      margin: [70, 40, 60, 0],
      stack: [
        {
          columns: [
            { text: company, bold: true, fontSize: 12, color: '#2F6B4F' },
            { text: 'Lindenallee 4 · 04109 Leipzig\nTelefon 0341 555 010', style: 'small', alignment: 'right' },
          ],
        },
        { canvas: [{ type: 'line', x1: 0, y1: 6, x2: 465, y2: 6, lineWidth: 0.7, lineColor: '#2F6B4F' }] },
      ],
    },
    footer: (page, pages) => ({
      margin: [70, 20, 60, 0],
      columns: [
        { text: germanDay(date), style: 'small' },
        { text: `Seite ${page} von ${pages}`, style: 'small', alignment: 'right' },
      ],
    }),
    content: [{ text: title, style: 'title' }, { text: place, style: 'place' }, ...content],
  };
  return pdfmake.createPdf(definition).getBuffer();
}

/** A heading and its paragraphs. */
export function section(heading: string, ...paragraphs: readonly string[]): Content {
  return {
    stack: [
      { text: heading, style: 'heading' },
      ...paragraphs.map((text) => ({ text, margin: [0, 0, 0, 5] as [number, number, number, number] })),
    ],
  };
}

/** A table with a head row; the last column to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): Content {
  const last = head.length - 1;
  const cell = (text: string, index: number, style?: string) => ({
    text,
    ...(style && { style }),
    alignment: index === last ? ('right' as const) : ('left' as const),
  });
  return {
    margin: [0, 6, 0, 8],
    layout: 'lightHorizontalLines',
    table: {
      headerRows: 1,
      widths: head.map((_, index) => (index === 0 ? '*' : 'auto')),
      body: [
        head.map((text, index) => cell(text, index, 'head')),
        ...rows.map((row) => row.map((text, index) => cell(text, index))),
      ],
    },
  };
}

function germanDay(date: string): string {
  return date.split('-').reverse().join('.');
}
