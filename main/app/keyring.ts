import { safeStorage } from 'electron';
import type { Keyring } from '../service/key.ts';

/**
 * The system's keyring, or null where none stands behind `safeStorage`: on Linux it would then seal with a password that
 * everybody knows (`basic_text`), which must not be called protection.
 */
export function systemKeyring(): Keyring | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  if (process.platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())) {
    return null;
  }
  return {
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (sealed) => safeStorage.decryptString(sealed),
  };
}
