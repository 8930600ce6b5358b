import { useEffect } from 'react';
import { useTexts } from '../../../shared/ui/texts.ts';
import { FileStaging } from '../../lib/files/file-staging.tsx';
import { useStaging } from '../../lib/files/use-staging.ts';
import { settingsTexts } from './settings-texts.ts';

/** Takes in a picture and tells its hash. */
export function LogoPicker({ onPicked }: { readonly onPicked: (sha256: string) => void }) {
  const t = useTexts(settingsTexts);
  const staging = useStaging();
  const fresh = staging.staged[0]?.sha256 ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a staged file is taken once, when it is there
  useEffect(() => {
    if (fresh === null) return;
    onPicked(fresh);
    staging.clear();
  }, [fresh]);
  return (
    <FileStaging staging={staging} label={t('logoChoose')} accept={['image/png', 'image/jpeg']} multiple={false} />
  );
}
