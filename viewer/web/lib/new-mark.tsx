import { defineTexts, useTexts } from '../../../shared/ui/texts.ts';
import classes from './new-mark.module.css';

const texts = defineTexts({ de: { new: 'Neu' }, en: { new: 'New' } });

/** Marks what somebody has not seen yet. */
export function NewMark() {
  const t = useTexts(texts);
  return <span className={classes.mark}>{t('new')}</span>;
}
