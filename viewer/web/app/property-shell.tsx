import { Suspense } from 'react';
import { Outlet, useParams } from 'react-router';
import { OperationError } from '../../../shared/lib/errors.ts';
import { defineTexts, useTexts } from '../../../shared/ui/texts.ts';
import { PropertyProvider, useProperties } from '../lib/property.tsx';
import { operationError } from '../lib/queries.ts';
import { OfflineNotice } from './offline-notice.tsx';
import { PageSkeleton } from './page-skeleton.tsx';
import classes from './property-shell.module.css';
import { RefusedPage } from './refused-page.tsx';
import { Side } from './side.tsx';

const texts = defineTexts({ de: { skip: 'Zum Inhalt springen' }, en: { skip: 'Skip to content' } });

/** The frame around the pages of a property: house and navigation, above and below on a phone, at the left on a desktop. */
export function PropertyShell() {
  const t = useTexts(texts);
  const { propertyId } = useParams();
  const properties = useProperties();
  const property = properties.data?.find(({ id }) => id === propertyId);
  if (properties.data === undefined) {
    if (!properties.isError) return <PageSkeleton />;
    return (
      <RefusedPage
        error={operationError(properties.error)}
        onRetry={() => void properties.refetch()}
        retrying={properties.isFetching}
      />
    );
  }
  if (property === undefined) return <RefusedPage error={new OperationError('not-found')} />;
  return (
    <PropertyProvider property={property}>
      <a className="portal-skip" href="#inhalt">
        {t('skip')}
      </a>
      <div className={classes.shell}>
        <Side several={properties.data.length > 1} />
        <main id="inhalt" className={classes.main} tabIndex={-1}>
          <OfflineNotice />
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
    </PropertyProvider>
  );
}
