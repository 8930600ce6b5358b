import { Navigate, useLocation, useParams } from 'react-router';
import { paths } from '../lib/paths.ts';
import { useProperties } from '../lib/property.tsx';
import { operationError, useLoaded } from '../lib/queries.ts';
import { PageSkeleton } from './page-skeleton.tsx';
import { RefusedPage } from './refused-page.tsx';

/** Links of mails to a property: `/organisations/…/properties/…/notices#<id>`. */
export function PropertyLink() {
  const { propertyId = '', page } = useParams();
  const { hash } = useLocation();
  const pages: Readonly<Record<string, (propertyId: string) => string>> = {
    notices: paths.board,
    documents: paths.documents,
    activities: paths.messages,
    people: paths.directory,
  };
  const path = pages[page ?? ''] ?? paths.start;
  return <Navigate to={path(propertyId) + hash} replace />;
}

/** Links of mails to an activity: the conversation is shown at its property, or at the company's first one. */
export function ActivityLink() {
  const { organisationId = '', activityId = '' } = useParams();
  const properties = useProperties();
  const conversation = useLoaded('activities.conversation', { organisationId, activityId });
  const error = conversation.error ?? properties.error;
  if (error !== null) return <RefusedPage error={operationError(error)} />;
  if (properties.data === undefined || conversation.data === undefined) return <PageSkeleton />;
  const ofCompany = properties.data.filter((property) => property.organisationId === organisationId);
  const home = ofCompany.find(({ id }) => id === conversation.data.activity.propertyId) ?? ofCompany[0];
  return <Navigate to={home ? paths.conversation(home.id, activityId) : paths.properties} replace />;
}
