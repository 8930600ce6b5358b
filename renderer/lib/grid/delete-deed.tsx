import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import { type Reversible, useReversible } from '../queries.ts';

interface DeleteDeedProps extends Reversible {
  readonly ids: readonly string[];
  /** Said afterwards, with the way back. */
  readonly sentence: string;
  readonly onDone: () => void;
}

/** Deletes the selected rows of a list. */
export function DeleteDeed({ ids, sentence, onDone, ...reversible }: DeleteDeedProps) {
  const t = useTexts(commonTexts);
  const { run, running } = useReversible(reversible);
  return (
    <Button
      variant="subtle"
      color="alarm"
      leftSection={<IconTrash size={16} />}
      loading={running}
      onClick={async () => {
        if (await run(ids, sentence)) onDone();
      }}
    >
      {t('delete')}
    </Button>
  );
}
