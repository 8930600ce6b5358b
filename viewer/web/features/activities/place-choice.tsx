import { NativeSelect } from '@mantine/core';
import type { ResidentProperty } from '../../../../shared/features/properties/contract.ts';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import classes from './choices.module.css';

const texts = defineTexts({
  de: {
    legend: 'Wo ist das?',
    unit: 'Einheit {{number}}',
    common: 'Gemeinschaftsbereich',
    commonHint: 'Treppenhaus, Keller, Hof',
  },
  en: { legend: 'Where is it?', unit: 'Unit {{number}}', common: 'Shared area', commonHint: 'Stairwell, cellar, yard' },
});

interface PlaceChoiceProps {
  readonly units: ResidentProperty['units'];
  /** Null is the shared area. */
  readonly value: string | null;
  readonly disabled: boolean;
  readonly onChange: (unitId: string | null) => void;
}

/** More units than this are chosen from a list. */
const cardsAtMost = 5;

/** Which of one's units a message is about, or what all share. */
export function PlaceChoice({ units, value, disabled, onChange }: PlaceChoiceProps) {
  const t = useTexts(texts);
  const places = [
    ...units.map(({ id, number, location }) => ({ id, label: t('unit', { number }), hint: location ?? '' })),
    { id: null, label: t('common'), hint: t('commonHint') },
  ];
  if (units.length > cardsAtMost) {
    return (
      <NativeSelect
        label={t('legend')}
        value={value ?? ''}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
        data={places.map(({ id, label, hint }) => ({
          value: id ?? '',
          label: hint === '' ? label : `${label}, ${hint}`,
        }))}
      />
    );
  }
  return (
    <fieldset className={classes.choice} disabled={disabled}>
      <legend className={classes.legend}>{t('legend')}</legend>
      <div className={classes.places}>
        {places.map(({ id, label, hint }) => (
          <label key={id ?? ''} className={classes.place}>
            <input
              type="radio"
              name="place"
              className={classes.radio}
              checked={value === id}
              onChange={() => onChange(id)}
            />
            <span>
              <span className={classes.placeName}>{label}</span>
              {hint !== '' && <span className={classes.hint}> {hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
