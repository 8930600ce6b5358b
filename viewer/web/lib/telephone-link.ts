/** The address that dials a number as people write it: "+49 (0)221 555-01" dials +4922155501. */
export function telephoneLink(phone: string): string {
  const number = phone.replace(/^(\s*(?:\+|00)\d+)\s*\(0\)/, '$1').replace(/[^\d+]/g, '');
  return `tel:${number}`;
}
