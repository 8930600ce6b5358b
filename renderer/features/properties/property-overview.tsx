import { Button, Group, SimpleGrid, Stack } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { Output } from '../../../shared/contract/registry.ts';
import { formatCount } from '../../../shared/ui/format.ts';
import { labelTexts } from '../../../shared/ui/label-texts.ts';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { FileStaging } from '../../lib/files/file-staging.tsx';
import { useFileUrl } from '../../lib/files/use-file-url.ts';
import { useStaging } from '../../lib/files/use-staging.ts';
import { Facts, Section } from '../../lib/layout/section.tsx';
import { useDeed } from '../../lib/queries.ts';
import { cityLine, streetLine } from './address.ts';
import classes from './property-detail.module.css';
import { PropertyFiles } from './property-files.tsx';
import type { PropertyTab } from './property-tab.ts';
import { propertyTexts } from './property-texts.ts';

type Loaded = Output<'properties.get'>;

interface OverviewProps {
  readonly loaded: Loaded;
  readonly tabs: readonly PropertyTab[];
}

/** What matters first: how much there is, the master data, the photo. */
export function PropertyOverview({ loaded: { property, counts }, tabs }: OverviewProps) {
  const t = useTexts(propertyTexts);
  const label = useTexts(labelTexts);
  const language = useLanguage();
  const tile = (key: string, count: number, title: string) => ({ key, count, title });
  const tiles = [
    tile('units', counts.units, t('units')),
    tile('people', counts.people, t('people')),
    tile('activities', counts.openActivities, t('openActivities')),
    tile('documents', counts.documents, t('documents')),
    tile('notices', counts.notices, t('notices')),
    tile('portal', counts.accounts, t('accounts')),
  ].filter(({ key }) => key === 'units' || key === 'portal' || tabs.some((tab) => tab.key === key));
  return (
    <Stack gap="md">
      <div className={classes.tiles}>
        {tiles.map(({ key, count, title }) => (
          <Link key={key} className={classes.tile} to={`/properties/${property.id}/${key}`} replace>
            <strong>{formatCount(count, language)}</strong>
            <span>{title}</span>
          </Link>
        ))}
      </div>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Section title={t('facts')}>
          <Facts
            facts={[
              { label: t('number'), value: property.number },
              { label: t('kind'), value: label(`kind.${property.kind}`) },
              { label: t('street'), value: streetLine(property) },
              { label: t('city'), value: cityLine(property) },
              { label: t('yearBuilt'), value: property.yearBuilt },
              {
                label: t('iban'),
                value: property.iban === null ? null : <span className="tp-figures">{spaced(property.iban)}</span>,
              },
            ]}
          />
        </Section>
        <PhotoSection key={property.id} property={property} />
        <PropertyFiles propertyId={property.id} />
      </SimpleGrid>
    </Stack>
  );
}

/** An IBAN in groups of four, as on every bank card. */
function spaced(iban: string): string {
  return iban.replace(/\s+/g, '').replace(/(.{4})(?=.)/g, '$1 ');
}

function PhotoSection({ property }: { readonly property: Loaded['property'] }) {
  const t = useTexts(propertyTexts);
  const { url } = useFileUrl(property.photo === null ? null : { sha256: property.photo, mediaType: 'image/jpeg' });
  const staging = useStaging();
  const [changing, setChanging] = useState(false);
  const { run } = useDeed('properties.save');
  const fresh = staging.staged[0]?.sha256 ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a staged file is taken once, when it is there
  useEffect(() => {
    if (fresh === null) return;
    void run({ id: property.id, fields: { photo: fresh } });
    staging.clear();
    setChanging(false);
  }, [fresh]);
  const choosing = changing || property.photo === null;
  return (
    <Section
      title={t('photo')}
      actions={
        property.photo !== null && (
          <Group gap="xs">
            <Button variant="subtle" size="compact-sm" onClick={() => setChanging(!changing)}>
              {t('photoChange')}
            </Button>
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              onClick={() => void run({ id: property.id, fields: { photo: null } })}
            >
              {t('photoRemove')}
            </Button>
          </Group>
        )
      }
    >
      {choosing ? (
        <FileStaging staging={staging} label={t('photoChange')} accept={['image/jpeg', 'image/png']} multiple={false} />
      ) : url === null ? (
        <IconPhoto size={24} aria-hidden="true" />
      ) : (
        <img
          src={url}
          alt={`${t('photo')}: ${property.name}`}
          style={{ width: '100%', maxHeight: 220, objectFit: 'cover', borderRadius: 6, display: 'block' }}
        />
      )}
    </Section>
  );
}
