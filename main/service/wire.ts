import type { OperationError } from '../../shared/lib/errors.ts';
import type { ShellPort } from './context.ts';
import type { DeskPlace } from './place.ts';

/** What Electron's main tells the service process. A port of a window travels with `window`. */
export type ToService =
  | {
      readonly kind: 'init';
      readonly place: DeskPlace;
      readonly start: ServiceStart;
    }
  | { readonly kind: 'window' }
  | { readonly kind: 'wake' }
  | { readonly kind: 'key-destroyed' }
  | { readonly kind: 'stop' };

/** The key, or why there is none; then the windows are told and nothing is opened. */
export type ServiceStart =
  | { readonly key: Uint8Array; readonly keyProtection: ShellPort['keyProtection'] }
  | { readonly refusal: Pick<OperationError, 'code' | 'details'> };

/** What the service process tells Electron's main. */
export type FromService =
  | { readonly kind: 'notify'; readonly title: string; readonly body: string }
  | { readonly kind: 'open-external'; readonly url: string }
  /** The key goes, wherever it is kept; answered with `key-destroyed`. */
  | { readonly kind: 'destroy-key' }
  | { readonly kind: 'stopped' };
