import { Button, Menu, Tabs, Text } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Output } from '../../../shared/contract/registry.ts';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { labelTexts } from '../../../shared/ui/label-texts.ts';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { PropertyPicture } from '../../../shared/ui/property-picture.tsx';
import { DetailSkeleton } from '../../../shared/ui/skeletons.tsx';
import { StatusBadge } from '../../../shared/ui/status-badge.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useFileUrl } from '../../lib/files/use-file-url.ts';
import { DetailHead } from '../../lib/layout/detail-head.tsx';
import { useOperation, useReversible } from '../../lib/queries.ts';
import { WaitingBadge } from '../../lib/waiting/waiting-mark.tsx';
import { cityLine, streetLine } from './address.ts';
import { PortalTab } from './portal-tab.tsx';
import classes from './property-detail.module.css';
import { PropertyForm } from './property-form.tsx';
import { PropertyOverview } from './property-overview.tsx';
import type { PropertyTab } from './property-tab.ts';
import { propertyTexts } from './property-texts.ts';
import { UnitsTab } from './units-tab.tsx';

type Loaded = Output<'properties.get'>;

interface PropertyDetailProps {
  readonly id: string;
  readonly tab: string | null;
  readonly tabs: readonly PropertyTab[];
}

/** A property with everything that belongs to it. */
export function PropertyDetail({ id, tab, tabs }: PropertyDetailProps) {
  const { data, error, refetch } = useOperation('properties.get', { id });
  if (error !== null) return <LoadError code={error.code} details={error.details} onRetry={() => void refetch()} />;
  if (data === undefined) return <DetailSkeleton />;
  return (
    <div className={classes.detail}>
      <Head loaded={data} />
      <Parts loaded={data} tab={tab ?? 'overview'} tabs={tabs} />
    </div>
  );
}

function Head({ loaded: { property } }: { readonly loaded: Loaded }) {
  const t = useTexts(propertyTexts);
  const common = useTexts(commonTexts);
  const label = useTexts(labelTexts);
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const removal = useReversible({ deed: 'properties.remove', undo: 'properties.restore' });
  const { url } = useFileUrl(property.photo === null ? null : { sha256: property.photo, mediaType: 'image/jpeg' });
  const address = [streetLine(property), cityLine(property)].filter((part) => part !== '').join(', ');
  const remove = async () => {
    if (await removal.run([property.id], t('deletedOne', { number: property.number }))) void navigate('/properties');
  };
  return (
    <>
      <DetailHead
        picture={<PropertyPicture seed={property.id} photoUrl={url} width={64} />}
        title={`${property.number} · ${property.name}`}
        state={
          <>
            <span className={classes.state}>
              <StatusBadge tone={property.online ? 'good' : 'off'}>
                {property.online ? t('online') : t('offline')}
              </StatusBadge>
            </span>
            <WaitingBadge id={property.id} />
          </>
        }
        note={
          <Text c="dimmed" truncate>
            {[label(`kind.${property.kind}`), address].filter((part) => part !== '').join(' · ')}
          </Text>
        }
        deeds={
          <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setEditing(true)}>
            {common('edit')}
          </Button>
        }
        menu={
          <Menu.Item color="alarm" leftSection={<IconTrash size={16} />} onClick={() => void remove()}>
            {t('deleteProperty')}
          </Menu.Item>
        }
        onClose={() => void navigate('/properties')}
        withoutLine
      />
      {editing && <PropertyForm property={property} onClose={() => setEditing(false)} />}
    </>
  );
}

interface PartsProps {
  readonly loaded: Loaded;
  readonly tab: string;
  readonly tabs: readonly PropertyTab[];
}

function Parts({ loaded, tab, tabs }: PartsProps) {
  const t = useTexts(propertyTexts);
  const navigate = useNavigate();
  const { id } = loaded.property;
  return (
    <Tabs
      className={classes.detail}
      style={{ flex: 1 }}
      value={tab}
      onChange={(key) => void navigate(`/properties/${id}/${key ?? 'overview'}`, { replace: true })}
    >
      <Tabs.List className={classes.tabs} aria-label={t('tabs')}>
        <Tabs.Tab value="overview">{t('overview')}</Tabs.Tab>
        <Tabs.Tab value="units">{t('units')}</Tabs.Tab>
        {tabs.map(({ key, title }) => (
          <Tabs.Tab key={key} value={key}>
            {title}
          </Tabs.Tab>
        ))}
        <Tabs.Tab value="portal">{t('portal')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="overview" className={classes.body}>
        <div className={classes.scroll}>
          <PropertyOverview loaded={loaded} tabs={tabs} />
        </div>
      </Tabs.Panel>
      <Tabs.Panel value="units" className={classes.body}>
        <UnitsTab propertyId={id} />
      </Tabs.Panel>
      {tabs.map(({ key, Content }) => (
        <Tabs.Panel key={key} value={key} className={classes.body}>
          <Content propertyId={id} />
        </Tabs.Panel>
      ))}
      <Tabs.Panel value="portal" className={classes.body}>
        <div className={classes.scroll}>
          <PortalTab loaded={loaded} />
        </div>
      </Tabs.Panel>
    </Tabs>
  );
}
