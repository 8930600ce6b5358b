import { useMemo } from 'react';
import { FileIcon } from '../../../shared/ui/file-list.tsx';
import { formatFileSize, formatPeriod } from '../../../shared/ui/format.ts';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import type { GridColumn } from '../../lib/grid/columns.ts';
import { propertyColumn } from '../../lib/grid/property-column.tsx';
import { useGroupLabel } from '../../lib/pickers/groups.tsx';
import { publicationTexts } from '../../lib/publication/publication-texts.ts';
import { type DocumentRow, DocumentState } from './document-state.tsx';
import classes from './documents.module.css';
import { documentsTexts } from './documents-texts.ts';

/** Says whom a document is for: "Eigentümer, 2 Personen". */
export function useAudience(): (document: Pick<DocumentRow, 'audienceGroups' | 'audiencePersonIds'>) => string {
  const t = useTexts(documentsTexts);
  const groupLabel = useGroupLabel();
  return ({ audienceGroups, audiencePersonIds }) => {
    const parts = audienceGroups.map(groupLabel);
    if (audiencePersonIds.length > 0) parts.push(t('persons', { count: audiencePersonIds.length }));
    return parts.length === 0 ? t('audienceNobody') : parts.join(', ');
  };
}

interface Wanted {
  /** Beside an open document there is room for title and state only. */
  readonly narrow: boolean;
  /** Inside a property its name is no news. */
  readonly withProperty: boolean;
}

/** Columns of the documents. */
export function useDocumentColumns({ narrow, withProperty }: Wanted): readonly GridColumn<DocumentRow>[] {
  const t = useTexts(documentsTexts);
  const words = useTexts(publicationTexts);
  const language = useLanguage();
  const audience = useAudience();
  // biome-ignore lint/correctness/useExhaustiveDependencies: whom it is for is said anew with the words
  return useMemo(() => {
    const title: GridColumn<DocumentRow> = {
      id: 'title',
      header: t('title'),
      sortable: true,
      cell: (row) => (
        <span className={classes.title}>
          <FileIcon mediaType={row.versions[0]?.mediaType ?? ''} fileName={row.versions[0]?.fileName ?? ''} size={18} />
          <span title={row.title}>{row.title}</span>
        </span>
      ),
    };
    const state: GridColumn<DocumentRow> = {
      id: 'state',
      header: words('state'),
      width: 196,
      sortable: true,
      cell: (row) => <DocumentState document={row} />,
    };
    if (narrow) return [title, { ...state, width: 128 }];
    return [
      title,
      { id: 'category', header: t('category'), width: 132, sortable: true, cell: (row) => row.categoryName },
      ...(withProperty ? [propertyColumn<DocumentRow>(t('property'), 208)] : []),
      {
        id: 'audience',
        header: t('audience'),
        width: 184,
        cell: (row) => <span title={audience(row)}>{audience(row)}</span>,
      },
      {
        id: 'period',
        header: t('period'),
        width: 184,
        sortable: true,
        cell: (row) =>
          row.periodFrom === null && row.periodTo === null
            ? null
            : formatPeriod(row.periodFrom, row.periodTo, language),
      },
      {
        id: 'size',
        header: t('size'),
        width: 80,
        align: 'right',
        cell: (row) => (row.versions[0] === undefined ? null : formatFileSize(row.versions[0].size, language)),
      },
      state,
    ];
  }, [t, words, language, narrow, withProperty]);
}
