import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import type { RowFacts } from '../../../shared/features/sync/journal-contract.ts';
import { useLanguage } from '../../../shared/ui/texts.ts';
import { entityName } from './state-words.ts';

type Opens = NonNullable<RowFacts['opens']>;

const pages: Readonly<Record<Opens['entity'], string>> = {
  property: '/properties',
  person: '/people',
  notice: '/notices',
  document: '/documents',
  activity: '/activities',
};

/** The page that shows a row. */
export function pathOf({ entity, id }: Opens): string {
  return `${pages[entity]}/${id}`;
}

/** The name of a row, as a link to the page that shows it where there is one. */
export function RowLink({ row }: { readonly row: RowFacts }) {
  const language = useLanguage();
  const name = row.name === '' ? entityName(row.entity, language) : row.name;
  if (row.opens === null) return <span>{name}</span>;
  return (
    <Anchor component={Link} to={pathOf(row.opens)} inherit>
      {name}
    </Anchor>
  );
}
