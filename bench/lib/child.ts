import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a process of a bench can be asked for. Arguments and answers travel as JSON. */
type Api = { readonly [name: string]: (...args: never[]) => unknown };

/** A process of a bench. */
export interface Child<A> {
  readonly call: <K extends keyof A>(name: K, ...args: Arguments<A[K]>) => Promise<Answer<A[K]>>;
  /** Most memory that the process ever held (bytes). */
  readonly peakMemory: () => number;
  readonly stop: () => Promise<void>;
}

type Arguments<F> = F extends (...args: infer P) => unknown ? P : never;
type Answer<F> = F extends (...args: never[]) => infer R ? Awaited<R> : never;

interface Question {
  readonly id: number;
  readonly name: string;
  readonly args: readonly unknown[];
}
type Reply = { readonly id: number } & ({ readonly value: unknown } | { readonly error: string });

/** Starts a process that answers by `serve`. */
export function startChild<A>(file: URL, execArgv: readonly string[] = []): Child<A> {
  const child = fork(file, { execArgv: [...execArgv], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const open = new Map<number, (reply: Reply | null) => void>();
  let next = 0;
  child.on('message', (reply: Reply) => {
    open.get(reply.id)?.(reply);
    open.delete(reply.id);
  });
  child.once('exit', () => {
    for (const settle of open.values()) settle(null);
  });
  return {
    call: <K extends keyof A>(name: K, ...args: Arguments<A[K]>) =>
      new Promise<Answer<A[K]>>((resolve, reject) => {
        next += 1;
        open.set(next, (reply) => {
          if (reply === null) reject(new Error(`The process ended during ${String(name)}`));
          else if ('error' in reply) reject(new Error(`${String(name)}: ${reply.error}`));
          else resolve(reply.value as Answer<A[K]>);
        });
        child.send({ id: next, name: String(name), args } satisfies Question);
      }),
    peakMemory: () => peakMemory(child),
    stop: () => ended(child),
  };
}

/** Answers what the parent asks, until it hangs up. */
export function serve(api: Api): void {
  const handlers = api as Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
  const answer = async ({ id, name, args }: Question): Promise<void> => {
    let reply: Reply;
    try {
      reply = { id, value: await handlers[name]?.(...args) };
    } catch (error) {
      reply = { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
    process.send?.(reply);
  };
  process.on('message', (question: Question) => void answer(question));
  process.on('disconnect', () => process.exit(0));
}

function peakMemory(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
