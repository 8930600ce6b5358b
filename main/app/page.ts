import { protocol, type Session } from 'electron';
import { securityHeaders } from '../hosts/csp.ts';
import { readRendererFile } from '../hosts/renderer-files.ts';

const scheme = 'app';

/** Origin of the desk's page: a scheme of our own, because `file:` would reach the whole disk. */
export const pageOrigin = `${scheme}://desk`;
export const pageUrl = `${pageOrigin}/`;

/** Must run before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the renderer's build at `app://desk/` with the same headers as the browser host. */
export function servePage(session: Session, renderer: string): void {
  session.protocol.handle(scheme, async (request) => {
    const { origin, host, pathname } = new URL(request.url);
    const ours = host === 'desk' && (request.method === 'GET' || request.method === 'HEAD');
    const file = ours && origin !== '' ? await readRendererFile(renderer, pathname) : null;
    if (file === null) return new Response(null, { status: 404, headers: securityHeaders });
    return new Response(new Uint8Array(file.body), {
      headers: { ...securityHeaders, 'content-type': file.mediaType, 'cache-control': 'no-cache' },
    });
  });
}
