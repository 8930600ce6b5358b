import type { ErrorDetails } from '../lib/errors.ts';
import { defineTexts, type Language, textsFor } from './texts.ts';

const texts = defineTexts({
  de: {
    wipedTitle: 'Gerät gesperrt und geleert',
    wiped:
      'Ihre Verwaltung hat dieses Gerät gesperrt und seinen Schlüssel löschen lassen. Die Daten auf diesem Gerät sind gelöscht, im Portal sind sie unverändert. Bitte starten Sie Treppenhaus neu, um das Gerät mit einem neuen Code zu verbinden.',
    inactiveTitle: 'Kein Zugang mehr',
    inactive:
      'Die Person, für die dieses Gerät verbunden wurde, ist bei Ihrer Verwaltung nicht mehr aktiv. Was hier gespeichert ist, bleibt erhalten, wird aber nicht mehr abgeglichen. Bitte wenden Sie sich an Ihre Verwaltung.',
  },
  en: {
    wipedTitle: 'Device locked and emptied',
    wiped:
      'Your company has locked this device and had its key deleted. The data on this device are deleted, in the portal they are unchanged. Please restart Treppenhaus to connect the device with a new code.',
    inactiveTitle: 'No access any more',
    inactive:
      'The person this device was connected for is no longer active in your company. What is stored here is kept but no longer synced. Please contact your company.',
  },
});

/** Why a device is locked, where more is known than that it is; null otherwise. */
export function revocationText(
  language: Language,
  details: ErrorDetails,
): { readonly title: string; readonly sentence: string } | null {
  const t = textsFor(language, texts);
  if (details.destroyKey === true) return { title: t('wipedTitle'), sentence: t('wiped') };
  if (details.reason === 'staff-inactive') return { title: t('inactiveTitle'), sentence: t('inactive') };
  return null;
}
