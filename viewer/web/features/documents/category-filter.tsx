import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import classes from './documents.module.css';

const texts = defineTexts({
  de: { filter: 'Nach Kategorie filtern', all: 'Alle', new: 'Neu seit dem letzten Besuch' },
  en: { filter: 'Filter by category', all: 'All', new: 'New since your last visit' },
});

/** What of the documents is shown. */
export type Shown =
  | { readonly kind: 'all' }
  | { readonly kind: 'new' }
  | { readonly kind: 'category'; readonly category: string | null };

interface CategoryFilterProps {
  readonly categories: readonly { readonly category: string | null; readonly count: number }[];
  readonly count: number;
  readonly newCount: number;
  /** What documents without a category are called. */
  readonly others: string;
  readonly shown: Shown;
  readonly onChange: (shown: Shown) => void;
}

function isSame(a: Shown, b: Shown): boolean {
  if (a.kind === 'category' && b.kind === 'category') return a.category === b.category;
  return a.kind === b.kind;
}

/** The categories as chips, with how much each holds. */
export function CategoryFilter({ categories, count, newCount, others, shown, onChange }: CategoryFilterProps) {
  const t = useTexts(texts);
  const chips: readonly { readonly label: string; readonly count: number; readonly shows: Shown }[] = [
    { label: t('all'), count, shows: { kind: 'all' } },
    ...(newCount > 0 ? [{ label: t('new'), count: newCount, shows: { kind: 'new' } as const }] : []),
    ...categories.map(({ category, count: held }) => ({
      label: category ?? others,
      count: held,
      shows: { kind: 'category', category } as const,
    })),
  ];
  // With one category and nothing new there is nothing to choose.
  if (categories.length < 2 && newCount === 0) return null;
  return (
    <fieldset className={classes.chips}>
      <legend className="tp-visually-hidden">{t('filter')}</legend>
      {chips.map((chip) => (
        <button
          key={`${chip.shows.kind} ${chip.label}`}
          type="button"
          className={classes.chip}
          aria-pressed={isSame(shown, chip.shows)}
          onClick={() => onChange(chip.shows)}
        >
          {chip.label} <span className={classes.count}>{chip.count}</span>
        </button>
      ))}
    </fieldset>
  );
}
