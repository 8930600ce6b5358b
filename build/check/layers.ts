import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise, type ICruiseResult, type IModule } from 'dependency-cruiser';

/** The top-level folders that hold code of the product. */
const runtimes = ['shared', 'main', 'preload', 'renderer', 'viewer'] as const;

/** What one look at the imports found. */
export interface LayerReport {
  /** Own source files that were read. */
  readonly modules: number;
  /** One sentence per broken rule, `rule: from → to`. */
  readonly violations: readonly string[];
}

/** Names of Electron that exactly one file may use, because the checks of sender and arguments live there. */
const lonely = [
  { name: 'ipcMain', file: 'main/hosts/electron.ts' },
  { name: 'ipcRenderer', file: 'preload/index.ts' },
] as const;

/**
 * Checks every import of the product against the rules of `.dependency-cruiser.cjs`.
 * Throws when the parser saw nothing of a runtime that has files: an empty look would pass everything.
 */
export async function checkLayers(root: string, rules: string): Promise<LayerReport> {
  const config = createRequire(import.meta.url)(rules);
  const present = runtimes.filter((runtime) => globSync(`${runtime}/**/*.{ts,tsx}`, { cwd: root }).length > 0);
  const { output } = await cruise([...present], {
    ...config.options,
    ruleSet: { forbidden: config.forbidden },
    validate: true,
    baseDir: root,
  });
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with text instead of a result');
  const own = output.modules.filter((module) => /\.tsx?$/.test(module.source) && isOwn(module));
  for (const runtime of present) {
    if (!own.some((module) => module.source.startsWith(`${runtime}/`) && module.dependencies.length > 0)) {
      throw new Error(`dependency-cruiser saw no import in ${runtime}/, so its rules would prove nothing there`);
    }
  }
  return { modules: own.length, violations: [...broken(output), ...(await strays(root, own))] };
}

function isOwn(module: IModule): boolean {
  return !module.source.includes('node_modules/') && !module.coreModule && !module.couldNotResolve;
}

function broken(result: ICruiseResult): readonly string[] {
  return result.summary.violations.map((violation) => {
    const path = violation.cycle?.map((step) => step.name) ?? [violation.to];
    return `${violation.rule.name}: ${[violation.from, ...path].join(' → ')}`;
  });
}

async function strays(root: string, modules: readonly IModule[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { source } of modules) {
    if (/\.test\.tsx?$/.test(source)) continue;
    const text = await readFile(join(root, source), 'utf8');
    for (const { name, file } of lonely) {
      if (source !== file && new RegExp(`\\b${name}\\b`).test(text))
        found.push(`only ${file} may use ${name}: ${source}`);
    }
  }
  return found;
}
