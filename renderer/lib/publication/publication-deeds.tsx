import { Button } from '@mantine/core';
import { IconArrowBackUp, IconTrash, IconWorldUpload } from '@tabler/icons-react';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import { publicationTexts } from './publication-texts.ts';
import type { Publication } from './use-publication.ts';

interface PublicationDeedsProps {
  readonly ids: readonly string[];
  readonly publication: Publication;
  /** Said after deleting them. */
  readonly removed: string;
  readonly onDone: (removed: boolean) => void;
}

/** What one can do with the selected rows of a list of things to publish. */
export function PublicationDeeds({ ids, publication, removed, onDone }: PublicationDeedsProps) {
  const t = useTexts(publicationTexts);
  const common = useTexts(commonTexts);
  const { publish, withdraw, remove, running } = publication;
  return (
    <>
      <Button
        variant="subtle"
        leftSection={<IconWorldUpload size={16} />}
        disabled={running}
        onClick={async () => {
          if (await publish(ids)) onDone(false);
        }}
      >
        {t('publish')}
      </Button>
      <Button
        variant="subtle"
        leftSection={<IconArrowBackUp size={16} />}
        disabled={running}
        onClick={async () => {
          if (await withdraw(ids)) onDone(false);
        }}
      >
        {t('withdraw')}
      </Button>
      <Button
        variant="subtle"
        color="alarm"
        leftSection={<IconTrash size={16} />}
        disabled={running}
        onClick={async () => {
          if (await remove(ids, removed)) onDone(true);
        }}
      >
        {common('delete')}
      </Button>
    </>
  );
}
