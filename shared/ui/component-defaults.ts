import type { MantineThemeComponents } from '@mantine/core';
import { commonTexts } from './common-texts.ts';
import { type Language, textsFor } from './texts.ts';
import type { DensityTokens } from './tokens.ts';

/** Position and opacity only, 120–180 ms; Mantine turns it off under reduced motion. */
const appear = { transition: 'fade', duration: 120 } as const;
const rise = { transition: 'fade-up', duration: 160 } as const;

/**
 * Defaults that make screens written with plain Mantine look finished in a density. Sizes that Mantine keeps in classes
 * are set in base.css from the same tokens. Buttons that are only an icon get their names here, in the language of the
 * person.
 */
export function componentDefaults(tokens: DensityTokens, language: Language): MantineThemeComponents {
  const t = textsFor(language, commonTexts);
  const size = { defaultProps: { size: tokens.defaultSize } };
  const desk = tokens.defaultSize === 'sm';
  const dropdown = {
    defaultProps: { size: tokens.defaultSize, comboboxProps: { shadow: 'md', transitionProps: appear } },
  };
  const check = { defaultProps: { size: tokens.check, radius: 'sm' } };
  const ariaLabels = {
    monthLevelControl: t('chooseMonth'),
    yearLevelControl: t('chooseYear'),
    nextMonth: t('nextMonth'),
    previousMonth: t('previousMonth'),
    nextYear: t('nextYear'),
    previousYear: t('previousYear'),
    nextDecade: t('nextDecade'),
    previousDecade: t('previousDecade'),
  };
  const dayFormat = language === 'de' ? 'DD.MM.YYYY' : 'DD/MM/YYYY';
  const date = (valueFormat: string) => ({ defaultProps: { size: tokens.defaultSize, ariaLabels, valueFormat } });
  const pages = {
    first: t('firstPage'),
    last: t('lastPage'),
    next: t('nextPage'),
    previous: t('previousPage'),
  };
  return {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: desk ? 'md' : 'lg' } },
    Alert: { defaultProps: { variant: 'light' } },
    Anchor: { defaultProps: { underline: 'hover' } },
    Autocomplete: dropdown,
    Avatar: { defaultProps: { radius: 'xl', color: 'accent' } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm', size: desk ? 'md' : 'lg' } },
    Breadcrumbs: { defaultProps: { separatorMargin: 'xs' } },
    Button: size,
    Card: { defaultProps: { withBorder: true, shadow: 'none' } },
    Checkbox: check,
    CheckboxIndicator: check,
    CloseButton: { defaultProps: { size: desk ? 'sm' : 'lg', 'aria-label': t('close') } },
    DateInput: date(dayFormat),
    DatePicker: { defaultProps: { ariaLabels } },
    DatePickerInput: date(dayFormat),
    DateTimePicker: date(`${dayFormat} HH:mm`),
    Drawer: { defaultProps: { transitionProps: { duration: 160 }, overlayProps: { backgroundOpacity: 0.35 } } },
    FileInput: size,
    HoverCard: { defaultProps: { shadow: 'md', openDelay: 250, transitionProps: appear } },
    Input: size,
    InputClearButton: { defaultProps: { 'aria-label': t('clear') } },
    InputWrapper: size,
    Loader: { defaultProps: { size: 'sm', type: 'oval' } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: appear, withinPortal: true } },
    Modal: {
      defaultProps: {
        centered: true,
        padding: desk ? 'lg' : 'md',
        shadow: 'lg',
        transitionProps: rise,
        overlayProps: { backgroundOpacity: 0.35 },
      },
    },
    MonthPickerInput: date('MMMM YYYY'),
    MultiSelect: { defaultProps: { ...dropdown.defaultProps, hidePickedOptions: true } },
    NativeSelect: size,
    NavLink: { defaultProps: { variant: 'light' } },
    Notification: { defaultProps: { withBorder: true } },
    NumberInput: {
      defaultProps: {
        size: tokens.defaultSize,
        decimalSeparator: language === 'de' ? ',' : '.',
        thousandSeparator: language === 'de' ? '.' : ',',
        hideControls: true,
      },
    },
    Pagination: {
      defaultProps: {
        size: desk ? 'sm' : 'lg',
        getControlProps: (control: keyof typeof pages) => ({ 'aria-label': pages[control] }),
      },
    },
    Paper: { defaultProps: { shadow: 'none' } },
    PasswordInput: {
      defaultProps: {
        size: tokens.defaultSize,
        visibilityToggleButtonProps: { 'aria-label': t('showPassword') },
      },
    },
    PillsInput: size,
    PinInput: size,
    Popover: { defaultProps: { shadow: 'md', transitionProps: appear } },
    Progress: { defaultProps: { radius: 'sm', size: desk ? 'sm' : 'md' } },
    Radio: { defaultProps: { size: tokens.check } },
    RichTextEditor: { defaultProps: { variant: 'subtle' } },
    ScrollArea: { defaultProps: { scrollbarSize: 8, type: 'hover' } },
    SegmentedControl: { defaultProps: { size: tokens.defaultSize, transitionDuration: 120 } },
    Select: { defaultProps: { ...dropdown.defaultProps, allowDeselect: false, checkIconPosition: 'right' } },
    Switch: { defaultProps: { size: tokens.check, withThumbIndicator: false } },
    Table: {
      defaultProps: {
        tabularNums: true,
        highlightOnHover: true,
        verticalSpacing: desk ? 6 : 12,
        horizontalSpacing: desk ? 8 : 12,
      },
    },
    Tabs: { defaultProps: { keepMounted: false } },
    TagsInput: dropdown,
    TextInput: size,
    Textarea: { defaultProps: { size: tokens.defaultSize, autosize: true, minRows: 3 } },
    ThemeIcon: { defaultProps: { variant: 'light' } },
    TimeInput: size,
    Title: { defaultProps: { textWrap: 'pretty' } },
    Tooltip: { defaultProps: { withArrow: false, openDelay: 400, transitionProps: appear, multiline: true, maw: 320 } },
  };
}
