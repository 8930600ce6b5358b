import { expect, it } from 'vitest';
import { emptyDraft, isWorthKeeping, readDraft } from './draft.ts';

const hour = 3_600_000;
const now = Date.parse('2026-11-23T12:00:00.000Z');
const file = (name: string, uploadedAt: number) => ({
  uploadId: '00000000-0000-4000-8000-000000000001',
  sha256: 'a'.repeat(64),
  fileName: name,
  mediaType: 'image/jpeg',
  size: 5,
  uploadedAt,
});

it('comes back as it was', () => {
  const draft = {
    ...emptyDraft(),
    subject: 'Bad',
    body: 'Es tropft',
    unitId: null,
    files: [file('a.jpg', now - hour)],
  };
  expect(readDraft(JSON.stringify(draft), now)).toEqual(draft);
});

it('keeps a unit that has not been chosen apart from none', () => {
  expect(readDraft(JSON.stringify(emptyDraft()), now)).not.toHaveProperty('unitId');
});

it('names the files that the server no longer keeps', () => {
  const draft = { ...emptyDraft(), files: [file('old.jpg', now - 24 * hour), file('new.jpg', now - hour)] };
  const read = readDraft(JSON.stringify(draft), now);
  expect(read?.files.map(({ fileName }) => fileName)).toEqual(['new.jpg']);
  expect(read?.lost).toEqual(['old.jpg']);
});

it.each([null, '', '{', '1', 'null', '[]', '{"body":1}', JSON.stringify({ ...emptyDraft(), files: 'none' })])(
  'takes nothing foreign: %j',
  (remembered) => {
    expect(readDraft(remembered, now)).toBeNull();
  },
);

it('drops what is no file of a draft', () => {
  const draft = { ...emptyDraft(), body: 'x', files: [{ fileName: 'a.jpg' }, null, file('b.jpg', now)] };
  expect(readDraft(JSON.stringify(draft), now)?.files).toHaveLength(1);
});

it('keeps what somebody wrote, not blanks', () => {
  expect(isWorthKeeping(emptyDraft())).toBe(false);
  expect(isWorthKeeping({ ...emptyDraft(), body: '  \n' })).toBe(false);
  expect(isWorthKeeping({ ...emptyDraft(), subject: 'Bad' })).toBe(true);
  expect(isWorthKeeping({ ...emptyDraft(), files: [file('a.jpg', now)] })).toBe(true);
});
