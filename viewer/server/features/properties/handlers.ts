import { mayWrite } from '../../../../shared/features/activities/access.ts';
import { currentGroups, isCurrent, seesDirectory } from '../../../../shared/features/people/access.ts';
import { seesContacts } from '../../../../shared/features/properties/access.ts';
import type { ResidentProperty } from '../../../../shared/features/properties/contract.ts';
import { OperationError } from '../../../../shared/lib/errors.ts';
import { type ConversationSummary, readSummaries } from '../../access/conversations.ts';
import {
  isDocumentSince,
  propertiesOfNamedDocuments,
  readDocuments,
  type VisibleDocument,
} from '../../access/documents.ts';
import { isNoticeSince, readNotices } from '../../access/notices.ts';
import { readSeen } from '../../access/seen.ts';
import { enterCompany, inEveryCompany, type Place, readPlace, readPlaces, type Visitor } from '../../access/visitor.ts';
import type { Company, ViewerHandlers } from '../../context.ts';
import { readContacts, readUnits } from './repository.ts';

const german = new Intl.Collator('de', { numeric: true });

export const propertiesHandlers: ViewerHandlers<'properties'> = {
  'properties.mine': async (context) => {
    const properties = (await inEveryCompany(context, propertiesOf)).flat();
    return properties.sort((a, b) => german.compare(a.name, b.name) || german.compare(a.id, b.id));
  },
  'properties.contacts': (context, { organisationId, propertyId }) =>
    enterCompany(context, organisationId, async (company, visitor) => {
      const place = await readPlace(company, visitor, propertyId);
      if (!seesContacts(place.property, place.memberships, visitor.day.today)) throw new OperationError('not-found');
      return readContacts(company, propertyId);
    }),
};

/** The properties of one company that the caller can open, with what is new; a fixed number of queries. */
async function propertiesOf(company: Company, visitor: Visitor): Promise<ResidentProperty[]> {
  const summaries = await readSummaries(company, visitor);
  const reachable = [
    ...visitor.persons.flatMap((person) => person.memberships.map((membership) => membership.propertyId)),
    ...summaries.flatMap(({ activity }) => (activity.propertyId === null ? [] : [activity.propertyId])),
    ...(await propertiesOfNamedDocuments(company, visitor)),
  ];
  const candidates = await readPlaces(company, visitor, [...new Set(reachable)]);
  const documents = await readDocuments(company, visitor, candidates);
  const places = candidates.filter((place) => isReachable(place, documents, summaries));
  const notices = await readNotices(company, visitor, places);
  const units = await readUnits(company, [...new Set(places.flatMap((place) => unitIds(place, visitor)))]);
  const seen = await readSeen(
    company,
    visitor,
    places.flatMap(({ property }) => [`notices:${property.id}` as const, `documents:${property.id}` as const]),
  );
  return places.map((place): ResidentProperty => {
    const { id, name, kind, street, houseNumber, postalCode, city, photo } = place.property;
    const noticesSeen = seen(`notices:${id}`).seenAt;
    const documentsSeen = seen(`documents:${id}`).seenAt;
    return {
      ...{ id, name, kind, street, houseNumber, postalCode, city, photo },
      organisationId: visitor.organisationId,
      organisationName: visitor.organisationName,
      groups: [...currentGroups(place.memberships, visitor.day.today)],
      units: unitIds(place, visitor)
        .flatMap((unitId) => units.get(unitId) ?? [])
        .sort((a, b) => german.compare(a.number, b.number)),
      may: {
        board: place.standing === 'current',
        directory: seesDirectory(place.memberships, place.setting, visitor.day.today),
        write: mayWrite(place.property, place.setting, place.memberships, visitor.day.today),
      },
      unread: {
        notices: notices.filter((notice) => notice.propertyId === id && isNoticeSince(notice, noticesSeen)).length,
        documents: documents.filter(
          ({ document }) => document.propertyId === id && isDocumentSince(document, documentsSeen),
        ).length,
        messages: summaries.filter((summary) => summary.unread && belongsTo(summary, id)).length,
      },
    };
  });
}

/** A member's property; or somebody else's that a document or a conversation of theirs is at. */
function isReachable(
  place: Place,
  documents: readonly VisibleDocument[],
  summaries: readonly ConversationSummary[],
): boolean {
  return (
    place.standing !== 'none' ||
    documents.some(({ document }) => document.propertyId === place.property.id) ||
    summaries.some(({ activity }) => activity.propertyId === place.property.id)
  );
}

/** Conversations about no property in particular show at every one. */
function belongsTo({ activity }: ConversationSummary, propertyId: string): boolean {
  return activity.propertyId === null || activity.propertyId === propertyId;
}

function unitIds(place: Place, visitor: Visitor): readonly string[] {
  const current = place.memberships.filter((membership) => isCurrent(membership, visitor.day.today));
  return [...new Set(current.flatMap((membership) => membership.unitId ?? []))];
}
