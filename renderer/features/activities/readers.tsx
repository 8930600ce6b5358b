import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { displayName } from '../../../shared/features/people/model.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useOperation } from '../../lib/queries.ts';
import { activitiesTexts } from './activities-texts.ts';
import classes from './conversation.module.css';
import type { Loaded } from './filters.ts';

export type Reader = Pick<Loaded['people'][number], 'personId' | 'name' | 'registered'>;

/** Whether residents reach a property at all; null has no property and is open. Undefined while it is read. */
export function usePropertyOnline(propertyId: string | null): boolean | undefined {
  const { data } = useOperation('properties.get', { id: propertyId ?? '' }, { enabled: propertyId !== null });
  return propertyId === null ? true : data?.property.online;
}

/** "Anna Bauer, Jörg Müller und 3 weitere" */
export function useNames(): (people: readonly { readonly name: string }[], most: number) => string {
  const t = useTexts(activitiesTexts);
  return (people, most) => {
    const names = people.slice(0, most).map((person) => person.name);
    const more = people.length - names.length;
    return more > 0 ? t('namesMore', { names: names.join(', '), count: more }) : names.join(', ');
  };
}

/** One who will read it, and whether they are registered. */
export function ReaderLine({ reader }: { readonly reader: Omit<Reader, 'personId'> }) {
  const t = useTexts(activitiesTexts);
  return (
    <span className={classes.reader} data-registered={reader.registered || undefined}>
      {reader.registered ? (
        <IconCircleCheck size={14} aria-hidden="true" />
      ) : (
        <IconCircleDashed size={14} aria-hidden="true" />
      )}
      <span className={classes.readerName}>{reader.name}</span>
      <span className={classes.readerState}>{reader.registered ? t('registered') : t('notRegistered')}</span>
    </span>
  );
}

/** The same for somebody who was just chosen and is known by id only. */
export function PickedReader({ personId }: { readonly personId: string }) {
  const { data } = useOperation('people.get', { id: personId });
  if (data === undefined) return null;
  return <ReaderLine reader={{ name: displayName(data.person), registered: data.accountState === 'registered' }} />;
}
