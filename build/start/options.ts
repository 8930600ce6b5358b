import { parseArgs } from 'node:util';

/** What `npm start` was asked for. */
export interface StartOptions {
  /** Throw the demo's data away first. */
  readonly fresh: boolean;
  /** Port of the portal on 127.0.0.1. */
  readonly port: number;
}

export const defaultPort = 4600;

/** Reads the arguments; throws a sentence that says what is allowed. */
export function readOptions(args: readonly string[]): StartOptions {
  const usage = `Usage: npm start -- [--fresh] [--port N], N from 1024 to 65535 (without it ${defaultPort}).`;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { fresh: { type: 'boolean', default: false }, port: { type: 'string', default: String(defaultPort) } },
    });
    const port = /^\d{4,5}$/.test(values.port) ? Number(values.port) : 0;
    if (port < 1024 || port > 65535) throw new Error(`"${values.port}" is no port.`);
    return { fresh: values.fresh, port };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}
