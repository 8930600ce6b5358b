import { expect, it } from 'vitest';
import { telephoneLink } from './telephone-link.ts';

it.each([
  ['0221 555 01-80', 'tel:02215550180'],
  ['+49 221 / 5550180', 'tel:+492215550180'],
  ['+49 (0)221 555 01 80', 'tel:+492215550180'],
  ['0049 (0) 221 5550180', 'tel:00492215550180'],
  ['(0221) 5550180', 'tel:02215550180'],
  ['112', 'tel:112'],
])('dials %s as %s', (written, link) => {
  expect(telephoneLink(written)).toBe(link);
});
