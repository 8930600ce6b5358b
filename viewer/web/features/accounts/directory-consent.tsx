import { Switch } from '@mantine/core';
import type { Output } from '../../../../shared/contract/registry.ts';
import { commonTexts } from '../../../../shared/ui/common-texts.ts';
import { LoadError } from '../../../../shared/ui/load-error.tsx';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import { useProperty } from '../../lib/property.tsx';
import { operationError, useDeed } from '../../lib/queries.ts';
import classes from './account.module.css';

export type Settings = Output<'accounts.settings'>;

const texts = defineTexts({
  de: {
    showInDirectory: 'Im Verzeichnis der Nachbarn zeigen',
    showInDirectoryHint: 'Name und Wohnung. Ohne das sieht kein Nachbar, dass Sie hier wohnen.',
    showEmail: 'Meine E-Mail-Adresse zeigen',
    showPhone: 'Meine Telefonnummer zeigen',
    noPhone: 'Ihre Hausverwaltung hat noch keine Telefonnummer von Ihnen.',
  },
  en: {
    showInDirectory: 'Show me in the neighbours’ directory',
    showInDirectoryHint: 'Name and flat. Without it no neighbour sees that you live here.',
    showEmail: 'Show my e-mail address',
    showPhone: 'Show my phone number',
    noPhone: 'Your property manager does not have a phone number of yours yet.',
  },
});

const kinds = ['showInDirectory', 'showEmail', 'showPhone'] as const;

/** What neighbours may see, saved at each change. */
export function DirectoryConsent({ settings }: { readonly settings: Settings }) {
  const t = useTexts(texts);
  const common = useTexts(commonTexts);
  const { organisationId } = useProperty();
  const save = useDeed('accounts.saveSettings', ['accounts.settings', 'people.directory']);
  // What is being saved is shown at once; a failure brings the old state back.
  const shown = save.isPending ? { ...settings, ...save.variables } : settings;
  const change = (kind: (typeof kinds)[number], value: boolean) => {
    const { showInDirectory, showPhone, showEmail, language } = shown;
    save.mutate({ organisationId, showInDirectory, showPhone, showEmail, language, [kind]: value });
  };
  const hints: Partial<Record<(typeof kinds)[number], string>> = {
    showInDirectory: t('showInDirectoryHint'),
    showPhone: settings.phone ?? t('noPhone'),
  };
  const problem = save.isError ? operationError(save.error) : null;
  return (
    <>
      {problem && <LoadError kind="inline" code={problem.code} details={problem.details} />}
      {kinds.map((kind) => (
        <Switch
          key={kind}
          className={classes.switch}
          label={t(kind)}
          description={hints[kind]}
          checked={shown[kind]}
          disabled={kind !== 'showInDirectory' && !shown.showInDirectory}
          onChange={(event) => change(kind, event.currentTarget.checked)}
        />
      ))}
      <div className={classes.state} role="status">
        {save.isPending && common('saving')}
        {save.isSuccess && common('saved')}
      </div>
    </>
  );
}
