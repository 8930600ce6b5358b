import { defineTexts } from '../../../shared/ui/texts.ts';

/** What is said alike of everything that can be published. */
export const publicationTexts = defineTexts({
  de: {
    state: 'Stand',
    stateAll: 'Alle Stände',
    'state.draft': 'Entwurf',
    'state.queued': 'Wartet auf Veröffentlichung',
    'state.upload': 'Wartet auf Upload',
    'state.published': 'Veröffentlicht',
    publish: 'Veröffentlichen',
    withdraw: 'Zurückziehen',
  },
  en: {
    state: 'State',
    stateAll: 'All states',
    'state.draft': 'Draft',
    'state.queued': 'Waits for publication',
    'state.upload': 'Waits for upload',
    'state.published': 'Published',
    publish: 'Publish',
    withdraw: 'Withdraw',
  },
});
