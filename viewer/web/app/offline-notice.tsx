import { IconWifiOff } from '@tabler/icons-react';
import { defineTexts, useTexts } from '../../../shared/ui/texts.ts';
import { useOnline } from '../lib/network.ts';
import classes from './offline-notice.module.css';

const texts = defineTexts({
  de: {
    offline:
      'Sie sind gerade ohne Internet. Sie sehen den Stand von vorhin; was Sie schreiben, bleibt auf diesem Gerät.',
  },
  en: { offline: 'You are offline. You see what was loaded before; what you write stays on this device.' },
});

/** Says that the device has no network, and what that means for what one sees and writes. */
export function OfflineNotice() {
  const t = useTexts(texts);
  const online = useOnline();
  return (
    <div role="status" className={online ? 'tp-visually-hidden' : classes.place}>
      {!online && (
        <p className={classes.notice}>
          <IconWifiOff size={20} aria-hidden="true" />
          {t('offline')}
        </p>
      )}
    </div>
  );
}
