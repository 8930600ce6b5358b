import { protocol, type Session } from 'electron';
import { pageOrigin } from '../../shared/contract/bridge.ts';
import { securityHeaders } from '../hosts/csp.ts';
import { readRendererFile } from '../hosts/renderer-files.ts';

/** A scheme of our own, because `file:` would reach the whole disk. */
const scheme = 'app';

/** Must run before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the renderer's build at `app://desk/` with the same headers as the browser host. */
export function servePage(session: Session, renderer: string): void {
  session.protocol.handle(scheme, async (request) => {
    const { protocol: asked, host, pathname } = new URL(request.url);
    const ours = `${asked}//${host}` === pageOrigin && (request.method === 'GET' || request.method === 'HEAD');
    const file = ours ? await readRendererFile(renderer, pathname) : null;
    if (file === null) return new Response(null, { status: 404, headers: securityHeaders });
    return new Response(new Uint8Array(file.body), {
      headers: { ...securityHeaders, 'content-type': file.mediaType, 'cache-control': 'no-cache' },
    });
  });
}
