import { Suspense } from 'react';
import { Outlet, useParams } from 'react-router';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { defineTexts, useTexts } from '../../../shared/ui/texts.ts';
import { PropertyProvider, useProperties } from '../lib/property.tsx';
import { operationError } from '../lib/queries.ts';
import { OfflineNotice } from './offline-notice.tsx';
import { PageSkeleton } from './page-skeleton.tsx';
import classes from './property-shell.module.css';
import { Side } from './side.tsx';

const texts = defineTexts({ de: { skip: 'Zum Inhalt springen' }, en: { skip: 'Skip to content' } });

/** The frame around the pages of a property: house and navigation, above and below on a phone, at the left on a desktop. */
export function PropertyShell() {
  const t = useTexts(texts);
  const { propertyId } = useParams();
  const properties = useProperties();
  const property = properties.data?.find(({ id }) => id === propertyId);
  if (properties.data === undefined && properties.isError) {
    const { code, details } = operationError(properties.error);
    return (
      <LoadError
        code={code}
        details={details}
        onRetry={() => void properties.refetch()}
        retrying={properties.isFetching}
      />
    );
  }
  if (properties.data === undefined) return <PageSkeleton />;
  if (property === undefined) return <LoadError code="not-found" />;
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
