import { Button, CloseButton, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useDeed } from '../../lib/queries.ts';
import { activitiesTexts } from './activities-texts.ts';
import classes from './activity-list.module.css';
import { portions, useClose } from './use-close.ts';

/** What one can do with the selected activities. */
export function BulkDeeds({ ids, onClear }: { readonly ids: readonly string[]; readonly onClear: () => void }) {
  const t = useTexts(activitiesTexts);
  const common = useTexts(commonTexts);
  const closing = useClose();
  const { run, running } = useDeed('activities.markHandled');
  const mark = async (handled: boolean) => {
    for (const some of portions(ids)) if ((await run({ ids: some, handled })) === null) return;
    onClear();
  };
  return (
    <div className={classes.bulk}>
      <strong className="tp-figures">{common('selected', { count: ids.length })}</strong>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconCheck size={16} />}
        loading={closing.running}
        disabled={!closing.possible}
        onClick={async () => {
          if (await closing.close(ids)) onClear();
        }}
      >
        {t('close')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="subtle" size="compact-sm" loading={running} rightSection={<IconChevronDown size={14} />}>
            {t('isNew')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void mark(true)}>{t('markHandled')}</Menu.Item>
          <Menu.Item onClick={() => void mark(false)}>{t('markUnhandled')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <CloseButton ml="auto" aria-label={common('none')} onClick={onClear} />
    </div>
  );
}
