import './lib/zod-setup.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { setLanguage } from '../shared/ui/texts.ts';
import { Desk } from './app/desk.tsx';
import { rememberedLanguage } from './lib/preferences.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root');
void setLanguage(rememberedLanguage());
createRoot(root).render(
  <StrictMode>
    <Desk />
  </StrictMode>,
);
