import { useTexts } from '../../../shared/ui/texts.ts';
import { Facts, Section } from '../../lib/layout/section.tsx';
import { useOperation } from '../../lib/queries.ts';
import { settingsTexts } from './settings-texts.ts';

/** Version, host and how the key is kept. */
export function AboutPart() {
  const t = useTexts(settingsTexts);
  const { data } = useOperation('settings.state', {});
  if (data === undefined) return null;
  return (
    <Section title={t('program')}>
      <Facts
        facts={[
          { label: t('version'), value: data.version },
          { label: t('host'), value: t(`host.${data.host}`) },
          { label: t('encryption'), value: data.keyProtection === 'system' ? t('keySystem') : t('keyFile') },
        ]}
      />
    </Section>
  );
}
