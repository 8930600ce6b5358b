import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Output } from '../../../shared/contract/registry.ts';
import type { OperationError } from '../../../shared/lib/errors.ts';
import { openCompany, type TestDesk } from '../../../tests/setup/desk.ts';
import { importsHandlers } from './handlers.ts';

const portfolio = join(import.meta.dirname, '../../../tests/fixtures/portfolio');
const files = ['objekte.csv', 'einheiten.csv', 'personen.csv', 'zuordnungen.csv'];

type Begun = Output<'imports.begin'>;

let desks: TestDesk[] = [];
afterEach(async () => {
  for (const desk of desks) await desk.close();
  desks = [];
});

async function desk(): Promise<TestDesk> {
  const opened = await openCompany();
  desks.push(opened);
  return opened;
}

async function stagePortfolio(at: TestDesk) {
  return Promise.all(files.map(async (name) => stageBytes(at, name, await readFile(join(portfolio, name)))));
}

async function stageBytes(at: TestDesk, name: string, bytes: Buffer) {
  const { uploadId } = await at.context.files.begin(name, bytes.length);
  for (let offset = 0; offset < bytes.length; offset += 500_000) {
    await at.context.files.chunk(uploadId, offset, bytes.subarray(offset, offset + 500_000));
  }
  return at.context.files.end(uploadId);
}

async function begin(at: TestDesk, ...texts: readonly (readonly [string, string | Buffer])[]): Promise<Begun> {
  const staged = await Promise.all(
    texts.map(([name, content]) => stageBytes(at, name, Buffer.from(content as string))),
  );
  return importsHandlers['imports.begin'](at.context, { files: staged });
}

const preview = (at: TestDesk, { importId }: Begun) => importsHandlers['imports.preview'](at.context, { importId });
const commit = (at: TestDesk, { importId }: Begun, skipRowsWithErrors = false) =>
  importsHandlers['imports.commit'](at.context, { importId, skipRowsWithErrors });
const failure = async (work: () => unknown): Promise<OperationError> => {
  try {
    await work();
  } catch (error) {
    return error as OperationError;
  }
  throw new Error('did not fail');
};

describe('importing the portfolio', () => {
  it('brings in what the control figures name, and nothing the second time', async () => {
    const at = await desk();
    const control = JSON.parse(await readFile(join(portfolio, 'control.json'), 'utf8')) as {
      properties: Record<string, { units: number; area_x100: number }>;
    };
    const first = await importsHandlers['imports.begin'](at.context, { files: await stagePortfolio(at) });
    expect(first.files.map((file) => file.kind)).toEqual(['properties', 'units', 'people', 'memberships']);
    expect((await preview(at, first)).problems).toEqual([]);
    const { counts } = await commit(at, first);
    expect(counts).toMatchObject({
      properties: { added: 12, skipped: 0 },
      units: { added: 213, skipped: 0 },
      people: { added: 340, skipped: 0 },
      memberships: { added: 346, skipped: 0 },
    });
    for (const [number, figures] of Object.entries(control.properties)) {
      const list = await at.call('properties.list', { query: number });
      const property = list.rows.find((row) => row.number === number);
      const units = await at.call('properties.listUnits', { propertyId: property?.id ?? '', limit: 500 });
      expect(units.total, number).toBe(figures.units);
      expect(
        units.rows.reduce((sum, unit) => sum + (unit.areaHundredths ?? 0), 0),
        number,
      ).toBe(figures.area_x100);
    }
    at.settle();
    const second = await importsHandlers['imports.begin'](at.context, { files: await stagePortfolio(at) });
    expect(second.files.every((file) => file.remembered)).toBe(true);
    await commit(at, second);
    expect(at.queued()).toEqual([]);
  });

  it('sends one import as changesets of at most 500 changes under one id, the end marker last', async () => {
    const at = await desk();
    const begun = await importsHandlers['imports.begin'](at.context, { files: await stagePortfolio(at) });
    await commit(at, begun);
    const last = at.queued().at(-1);
    expect(last).toMatchObject({ entity: 'importRun', entityId: begun.importId });
  });

  it('makes the same rows on every desk of a company', async () => {
    const [a, b] = [await desk(), await desk()];
    b.context.meta.set('organisationId', a.context.identity().organisationId);
    for (const at of [a, b])
      await commit(at, await importsHandlers['imports.begin'](at.context, { files: await stagePortfolio(at) }));
    const ids = (at: TestDesk) =>
      at
        .queued()
        .filter((change) => change.entity !== 'importRun')
        .map((change) => `${change.entity} ${change.entityId} ${JSON.stringify(change.set)}`)
        .sort();
    expect(ids(a)).toEqual(ids(b));
  });

  it('reads upper-case mail addresses, quotes inside fields and Windows-1252', async () => {
    const at = await desk();
    await commit(at, await importsHandlers['imports.begin'](at.context, { files: await stagePortfolio(at) }));
    const company = await at.call('people.list', { query: 'Haustechnik' });
    expect(company.rows.map((row) => row.name)).toContain('Böhm & Söhne "Haustechnik" GmbH');
    const units = await at.call('properties.listUnits', { query: '2. OG Mitte', limit: 1 });
    expect(units.rows[0]?.location).toBe('2. OG Mitte');
  });
});

describe('files of other programs', () => {
  const english =
    'PropertyNo,Property name,Type,Street,Zip,City,Built\r\n1,"Main, Street",rental,Main 1,10115,Berlin,1910\r\n';

  it('maps other headings, separators and encodings', async () => {
    const at = await desk();
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(english, 'utf16le')]);
    const begun = await begin(at, ['export.csv', utf16]);
    expect(begun.files[0]).toMatchObject({ kind: 'properties', format: { encoding: 'utf-16le', separator: ',' } });
    await commit(at, begun);
    expect((await at.call('properties.list', {})).rows).toMatchObject([
      { number: '1', name: 'Main, Street', kind: 'rental', city: 'Berlin' },
    ]);
  });

  it('asks where a required column is not found, and remembers the answer', async () => {
    const at = await desk();
    const text = 'A;B;C\r\n7;Haus;WEG\r\n';
    const begun = await begin(at, ['x.csv', text]);
    const file = begun.files[0];
    expect(file).toMatchObject({ kind: null, remembered: false });
    if (file === undefined) return;
    const chosen = importsHandlers['imports.adjust'](at.context, {
      importId: begun.importId,
      fileId: file.fileId,
      kind: 'properties',
      format: file.format,
      mapping: {},
    });
    expect((await preview(at, begun)).problems.map((problem) => problem.code)).toContain('column-not-mapped');
    expect((await failure(() => commit(at, begun))).code).toBe('import-has-problems');
    const { format } = await chosen;
    await importsHandlers['imports.adjust'](at.context, {
      importId: begun.importId,
      fileId: file.fileId,
      kind: 'properties',
      format,
      mapping: { propertyNumber: 'A', name: 'B', kind: 'C' },
    });
    await commit(at, begun);
    expect((await begin(at, ['y.csv', text])).files[0]).toMatchObject({
      remembered: true,
      mapping: { propertyNumber: 'A' },
    });
  });

  it('takes month-first dates where the file speaks for them', async () => {
    const at = await desk();
    await commit(
      at,
      await begin(
        at,
        ['p.csv', 'Objektnummer;Bezeichnung;Art\n1;Haus;WEG\n'],
        ['m.csv', 'Personennummer;Nachname;Vorname\n5;Bauer;Anna\n'],
      ),
    );
    const begun = await begin(at, ['z.csv', 'Objekt,Person,Rolle,von,bis\n1,5,owner,01/31/2024,12/15/2025\n']);
    expect(begun.files[0]?.format.dateOrder).toBe('mdy');
    await commit(at, begun);
    expect((await at.call('people.listMemberships', {})).rows).toMatchObject([
      { from: '2024-01-31', to: '2025-12-15', group: 'owner' },
    ]);
  });
});

describe('bad input', () => {
  const houses = 'Objektnummer;Bezeichnung;Art\n1;Haus;WEG\n';

  it('names every problem by file, row and column, and writes nothing unless told', async () => {
    const at = await desk();
    const begun = await begin(
      at,
      ['objekte.csv', `${houses};Ohne Nummer;WEG\n2;Zwei;Schloss\n1;Anders;WEG\n`],
      [
        'einheiten.csv',
        'Objektnummer;Einheit;Nutzung;Fläche m²\n1;01;Wohnung;viel\n9;02;Wohnung;5\n1;03;Wohnung;50,25\n',
      ],
      [
        'zuordnungen.csv',
        'Objektnummer;Einheit;Personennummer;Rolle;von;bis\n1;03;77;Mieter;31.02.2024;\n1;03;77;Mieter;01.02.2024;\n',
      ],
    );
    const shown = await preview(at, begun);
    const named = shown.problems.map(({ fileId, row, column, code }) => [
      begun.files.findIndex((file) => file.fileId === fileId),
      row,
      column,
      code,
    ]);
    expect(named).toEqual([
      [0, 3, 'Objektnummer', 'missing-value'],
      [0, 4, 'Art', 'not-a-choice'],
      [0, 5, 'Objektnummer', 'duplicate-key'],
      [1, 2, 'Fläche m²', 'not-a-number'],
      [1, 3, 'Objektnummer', 'unknown-property'],
      [2, 2, 'von', 'not-a-date'],
      [2, 3, 'Personennummer', 'unknown-person'],
    ]);
    expect((await failure(() => commit(at, begun))).code).toBe('import-has-problems');
    expect((await at.call('properties.list', {})).total).toBe(0);
    const { counts } = await commit(at, begun, true);
    expect(counts).toMatchObject({
      properties: { added: 1, skipped: 3 },
      units: { added: 1, skipped: 2 },
      memberships: { added: 0, skipped: 2 },
    });
  });

  it('refuses what is no table, and forgets a cancelled import', async () => {
    const at = await desk();
    expect((await failure(() => begin(at, ['leer.csv', ' ']))).code).toBe('import-unreadable');
    expect((await failure(() => begin(at, ['kaputt.csv', 'a;b\n"offen;1\n']))).code).toBe('import-unreadable');
    const begun = await begin(at, ['objekte.csv', houses]);
    importsHandlers['imports.cancel'](at.context, { importId: begun.importId });
    expect((await failure(() => commit(at, begun))).code).toBe('not-found');
    expect((await at.call('properties.list', {})).total).toBe(0);
  });

  it('keeps SQL and HTML as the text they are', async () => {
    const at = await desk();
    const text = `<img src=x onerror=alert(1)>'); drop table property;--`;
    await commit(at, await begin(at, ['objekte.csv', `Objektnummer;Bezeichnung;Art\n1;"${text}";WEG\n`]));
    expect((await at.call('properties.list', {})).rows[0]?.name).toBe(text);
  });
});
