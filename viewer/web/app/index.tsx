import { createRoot } from 'react-dom/client';
import { setLanguage } from '../../../shared/ui/texts.ts';
import { rememberedLanguage } from '../lib/session.ts';
import { Portal } from './portal.tsx';
// After the theme that it adapts.
import './portal.css';

declare global {
  /** Read by `get-nonce`, which the scroll lock of Mantine's dialogs asks for the nonce of its style element. */
  var __webpack_nonce__: string | undefined;
}

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
globalThis.__webpack_nonce__ = nonce;
await setLanguage(rememberedLanguage());

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<Portal {...(nonce ? { styleNonce: nonce } : {})} />);
